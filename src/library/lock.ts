import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { SegueError } from '../errors.ts';
import { exists, hostTag, OWN_LOCK } from './files.ts';

interface Holder {
  pid: number;
  /** Host name: containers on one volume repeat pids. '' in locks of earlier versions, which are taken for this host's. */
  host: string;
  /** When the process started, in the kernel's own unit, so that a reused pid is told apart; '' where it cannot be known. */
  started: string;
}

/** Lock files that this process holds: a lock with our own pid that is not among them is a dead predecessor's. */
const held = new Set<string>();

/**
 * Takes a lock of the library, by default the one for changing its data. A lock whose process on this host is dead is taken over; of another
 * host's nothing can be known, so it is busy.
 * @param host @internal this host's name; tests give others
 * @returns gives the lock back @throws SegueError LIBRARY_BUSY
 */
export function lockLibrary(dir: string, name = 'lock', host = hostname()): () => void {
  const path = join(dir, name);
  const own = join(dir, `${OWN_LOCK}${process.pid}-${hostTag(host)}-${name}`);
  writeFileSync(own, JSON.stringify({ pid: process.pid, host, started: startOf(process.pid) } satisfies Holder));
  try {
    // A link appears whole or not at all, and only when the name is free.
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(own, path);
        break;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
        const holder = readHolder(path);
        if (holder && (attempt > 10 || isAlive(holder, path, host))) throw busy(path, holder, host);
        moveAway(path, own, host);
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

/** Who holds the lock for changing the data of a library; `free` and `left` (by a process that ended) can be taken. */
export type LockState = { state: 'free' | 'left' } | { state: 'held' | 'elsewhere'; pid: number; host: string };

/** Looks at the lock for changing the data of a library, without taking it. `elsewhere`: by another host, of which nothing more can be known. */
export function lockState(dir: string): LockState {
  const path = join(dir, 'lock');
  if (!existsSync(path)) return { state: 'free' };
  const holder = readHolder(path);
  const here = hostname();
  if (!holder || !isAlive(holder, path, here)) return { state: 'left' };
  const { pid, host } = holder;
  return { state: host === '' || host === here ? 'held' : 'elsewhere', pid, host };
}

/** Removes a dead process's lock; should a live one have taken its place meanwhile, that one is put back. */
function moveAway(path: string, own: string, host: string): void {
  const aside = `${own}-old`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && isAlive(moved, path, host)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    if (typeof holder.pid !== 'number') return null;
    return { pid: holder.pid, host: String(holder.host ?? ''), started: String(holder.started ?? '') };
  } catch {
    return null;
  }
}

function isAlive({ pid, host, started }: Holder, path: string, here: string): boolean {
  if (host !== '' && host !== here) return true;
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

function busy(path: string, { pid, host }: Holder, here: string): SegueError {
  const foreign = host !== '' && host !== here;
  return new SegueError('LIBRARY_BUSY', {
    got: `Process ${pid}${foreign ? ` on the host ${host}` : ''} is changing the library ${dirname(path)}`,
    remedy: foreign
      ? `Wait until it is done, or stop it there, and run the command again; if that host is gone for good, delete ${path}`
      : 'Wait until it is done, or stop it, and run the command again',
  });
}
