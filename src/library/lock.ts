import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SegueError } from '../errors.ts';
import { exists } from './files.ts';

interface Holder {
  pid: number;
  /** When the process started, in the kernel's own unit, so that a reused pid is told apart; '' where it cannot be known. */
  started: string;
}

/** Lock files that this process holds: a lock with our own pid that is not among them is a dead predecessor's. */
const held = new Set<string>();

/**
 * Takes the library's lock for writing. A lock whose process is dead is taken over.
 * @returns gives the lock back @throws SegueError LIBRARY_BUSY
 */
export function lockLibrary(dir: string): () => void {
  const path = join(dir, 'lock');
  const own = `${path}-${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder));
  try {
    // A link appears whole or not at all, and only when the name is free.
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(own, path);
        break;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
        const holder = readHolder(path);
        if (holder && (attempt > 10 || isAlive(holder, path))) throw busy(dir, holder.pid);
        moveAway(path, own);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

/** Removes a dead process's lock; should a live one have taken its place meanwhile, that one is put back. */
function moveAway(path: string, own: string): void {
  const aside = `${own}-old`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && isAlive(moved, path)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, started: String(holder.started ?? '') } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder, path: string): boolean {
  if (pid === process.pid) return held.has(path);
  if (!exists(pid)) return false;
  const now = startOf(pid);
  return started === '' || now === '' || now === started;
}

function startOf(pid: number): string {
  try {
    // Field 22 of the process's state, counted behind its parenthesised name.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function busy(dir: string, pid: number): SegueError {
  return new SegueError('LIBRARY_BUSY', {
    got: `Process ${pid} is changing the library ${dir}`,
    remedy: 'Wait until it is done, or stop it, and run the command again',
  });
}
