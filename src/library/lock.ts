import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { SegueError } from '../errors.ts';
import { exists, hostTag, OWN_LOCK } from './files.ts';

interface Holder {
  pid: number;
  /** Host name, because containers on one volume reuse pids. '' in locks of earlier versions, which count as this host's. */
  host: string;
  /** Start time of the process, in the kernel's own unit, to detect a reused pid; '' where it cannot be known. */
  started: string;
}

/** Lock files that this process holds: a lock with our own pid that is not among them belonged to a dead predecessor. */
const held = new Set<string>();

/**
 * Takes a lock of the library, by default the one for changing its data. A lock of a dead process on this host is taken over; nothing can be known
 * about another host's, so it counts as busy.
 * @param host @internal this host's name; tests pass others
 * @returns a function that releases the lock @throws SegueError LIBRARY_BUSY
 */
export function lockLibrary(dir: string, name = 'lock', host = hostname()): () => void {
  const path = join(dir, name);
  const own = join(dir, `${OWN_LOCK}${process.pid}-${hostTag(host)}-${name}`);
  writeFileSync(own, JSON.stringify({ pid: process.pid, host, started: startOf(process.pid) } satisfies Holder));
  try {
    // Creating a link is atomic, and fails when the name is taken.
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

/** State of the lock for changing a library's data; `free` and `left` (by a process that has ended) can be taken. */
export type LockState = { state: 'free' | 'left' } | { state: 'held' | 'elsewhere'; pid: number; host: string };

/** Inspects the lock for changing a library's data without taking it. `elsewhere`: held by another host, about which nothing more can be known. */
export function lockState(dir: string): LockState {
  const path = join(dir, 'lock');
  if (!existsSync(path)) return { state: 'free' };
  const holder = readHolder(path);
  const here = hostname();
  if (!holder || !isAlive(holder, path, here)) return { state: 'left' };
  const { pid, host } = holder;
  return { state: host === '' || host === here ? 'held' : 'elsewhere', pid, host };
}

/** Removes a dead process's lock; if a live process's lock has replaced it meanwhile, puts that one back. */
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
    // Field 22 of the process's stat line, counted after the parenthesised name.
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
