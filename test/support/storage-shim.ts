import fs, { type PathLike } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Rng } from '../../src/math/rng.ts';

/** A program's call to the file system, as far as a power failure can undo it. Files are identified by number, since names move. */
export type StorageCall =
  | { readonly kind: 'write'; readonly file: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'flush'; readonly file: number }
  | { readonly kind: 'name'; readonly path: string; readonly file: number; readonly from?: string }
  | { readonly kind: 'unname'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'flush folder'; readonly path: string };

/** Files and folders by path; null = a folder. */
export type Tree = ReadonlyMap<string, Uint8Array | null>;

export interface ShimOptions {
  /** Index of the call that fails, from 0. */
  readonly failAt?: number;
  readonly code?: string;
}

export interface Recording<T> {
  readonly calls: readonly StorageCall[];
  /** Number of calls of any kind. */
  readonly count: number;
  /** The call that was made to fail; '' = none was reached. */
  readonly failed: string;
  readonly outcome: PromiseSettledResult<T>;
}

type Any = (...args: unknown[]) => unknown;
/** Calls that may fail, including those that only read. */
const ASYNC = ['open', 'mkdir', 'rename', 'rm', 'link', 'appendFile', 'readdir', 'stat', 'readFile'] as const;
const SYNC = ['writeFileSync', 'linkSync', 'renameSync', 'rmSync', 'openSync', 'mkdirSync'] as const;
/** Calls on an open descriptor. */
const DESCRIPTOR = ['writeSync', 'fsync', 'closeSync'] as const;

/**
 * Runs work with a shim between it and the file system, which records what would survive a power failure and can make one call fail. It temporarily
 * replaces what this thread imports from `node:fs` and `node:fs/promises`; other threads are not affected. @param root calls outside it pass through
 * unrecorded
 */
export async function withShim<T>(
  root: string,
  work: () => Promise<T>,
  options: ShimOptions = {},
): Promise<Recording<T>> {
  const shim = new Shim(root, options);
  const restore = shim.install();
  try {
    const [outcome] = await Promise.allSettled([work()]);
    return { calls: shim.calls, count: shim.count, failed: shim.failed, outcome: outcome! };
  } finally {
    restore();
  }
}

class Shim {
  readonly calls: StorageCall[] = [];
  count = 0;
  failed = '';
  private readonly root: string;
  private readonly options: ShimOptions;
  private readonly files = new Map<string, number>();
  private next = 1_000_000;
  /** Files that are written through their descriptor. */
  private readonly open = new Map<number, { readonly path: string; readonly file: number; end: number }>();

  constructor(root: string, options: ShimOptions) {
    this.root = root;
    this.options = options;
  }

  install(): () => void {
    const promises = fs.promises as unknown as Record<string, Any>;
    const sync = fs as unknown as Record<string, Any>;
    const before = [
      ...ASYNC.map((name) => [promises, name, promises[name]!] as const),
      ...SYNC.map((name) => [sync, name, sync[name]!] as const),
      ...DESCRIPTOR.map((name) => [sync, name, sync[name]!] as const),
    ];
    const descriptor: readonly string[] = DESCRIPTOR;
    for (const [target, name, original] of before)
      if (target === promises) target[name] = this.asynchronous(name, original);
      else if (descriptor.includes(name)) target[name] = this.ofDescriptor(name, original);
      else target[name] = this.synchronous(name, original);
    syncBuiltinESMExports();
    return () => {
      for (const [target, name, original] of before) target[name] = original;
      syncBuiltinESMExports();
    };
  }

  private inside(path: unknown): string | null {
    if (typeof path !== 'string' && !(path instanceof URL)) return null;
    const inner = relative(this.root, String(path as PathLike));
    return inner.startsWith('..') ? null : inner;
  }

  /** Counts a call, and makes it fail when it is its turn. */
  private turn(name: string, path: string): void {
    if (this.count++ !== this.options.failAt) return;
    this.failed = `${name} ${path}`;
    const code = this.options.code ?? 'EIO';
    throw Object.assign(new Error(`${code}: made to fail, ${name} '${path}'`), {
      code,
      errno: -5,
      syscall: name,
      path,
    });
  }

  private asynchronous(name: string, original: Any): Any {
    return async (...args: unknown[]) => {
      const path = this.inside(args[0]);
      if (path === null) return original(...args);
      this.turn(name, path);
      const existed = fs.existsSync(String(args[0]));
      const result = await original(...args);
      if (name === 'open') this.watch(result as FileHandle, path, existed);
      else if (name === 'appendFile') this.appended(path, existed, args);
      else if (name === 'mkdir') this.calls.push({ kind: 'folder', path });
      else this.renamed(name, path, args[1]);
      return result;
    };
  }

  private synchronous(name: string, original: Any): Any {
    return (...args: unknown[]) => {
      const path = this.inside(args[0]);
      if (path === null) return original(...args);
      this.turn(name, path);
      const existed = fs.existsSync(String(args[0]));
      const result = original(...args);
      if (name === 'writeFileSync') {
        const file = existed ? this.fileOf(path) : this.created(path);
        this.calls.push({ kind: 'write', file, at: 0, bytes: Buffer.from(String(args[1])) });
      } else if (name === 'openSync' && String(args[1]).startsWith('wx'))
        this.open.set(result as number, { path, file: this.created(path), end: 0 });
      else if (name === 'mkdirSync') this.calls.push({ kind: 'folder', path });
      else this.renamed(name.replace('Sync', ''), path, args[1]);
      return result;
    };
  }

  private ofDescriptor(name: string, original: Any): Any {
    return (...args: unknown[]) => {
      const written = this.open.get(args[0] as number);
      if (!written) return original(...args);
      const { path, file } = written;
      if (name === 'closeSync') {
        this.open.delete(args[0] as number);
        return original(...args);
      }
      if (name === 'fsync') {
        const told = args[1] as (error: unknown) => void;
        try {
          this.turn(name, path);
        } catch (error) {
          return void setImmediate(told, error);
        }
        return original(args[0], (error: unknown) => {
          if (!error) this.calls.push({ kind: 'flush', file });
          told(error);
        });
      }
      this.turn(name, path);
      if (!(args[1] instanceof Uint8Array) || typeof args[3] === 'number')
        throw new Error('the shim does not know this kind of write');
      const length = original(...args) as number;
      const from = Number(args[2] ?? 0);
      this.calls.push({
        kind: 'write',
        file,
        at: written.end,
        bytes: Uint8Array.from(args[1].subarray(from, from + length)),
      });
      written.end += length;
      return length;
    };
  }

  private renamed(name: string, path: string, second: unknown): void {
    const to = this.inside(second);
    if (name === 'rm') this.calls.push({ kind: 'unname', path });
    if ((name !== 'rename' && name !== 'link') || to === null) return;
    const file = this.fileOf(path);
    this.calls.push({ kind: 'name', path: to, file, ...(name === 'rename' && { from: path }) });
    this.files.set(to, file);
    if (name === 'rename') this.files.delete(path);
  }

  private appended(path: string, existed: boolean, args: readonly unknown[]): void {
    const bytes = Buffer.from(String(args[1]));
    const file = existed ? this.fileOf(path) : this.created(path);
    const size = fs.statSync(String(args[0])).size;
    this.calls.push({ kind: 'write', file, at: size - bytes.length, bytes });
    if ((args[2] as { flush?: boolean } | undefined)?.flush) this.calls.push({ kind: 'flush', file });
  }

  /** Existing files have their path as their name in `startOf`, and a number derived from it. */
  private fileOf(path: string): number {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const file = numberOf(path);
    this.files.set(path, file);
    return file;
  }

  private created(path: string): number {
    const file = this.next++;
    this.files.set(path, file);
    this.calls.push({ kind: 'name', path, file });
    return file;
  }

  private watch(handle: FileHandle, path: string, existed: boolean): void {
    const folder = fs.statSync(join(this.root, path)).isDirectory();
    const file = folder ? -1 : existed ? this.fileOf(path) : this.created(path);
    let end = 0;
    const target = handle as unknown as Record<string, Any>;
    const wrote = (bytes: Uint8Array): void => {
      this.calls.push({ kind: 'write', file, at: end, bytes: Uint8Array.from(bytes) });
      end += bytes.length;
    };
    for (const name of ['write', 'writev', 'writeFile', 'sync', 'read'] as const) {
      const original = target[name]!.bind(handle) as (...args: unknown[]) => Promise<Record<string, unknown>>;
      target[name] = async (...args: unknown[]) => {
        this.turn(name, path);
        const result = await original(...args);
        if (name === 'sync') this.calls.push(folder ? { kind: 'flush folder', path } : { kind: 'flush', file });
        else if (name === 'writeFile')
          wrote(typeof args[0] === 'string' ? Buffer.from(args[0]) : (args[0] as Uint8Array));
        else if (name === 'writev') {
          const all = Buffer.concat(
            (args[0] as ArrayBufferView[]).map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength)),
          );
          wrote(all.subarray(0, Number(result.bytesWritten)));
        } else if (name === 'write') {
          if (typeof args[0] === 'string' || args[3] != null)
            throw new Error('the shim does not know this kind of write');
          const view = args[0] as Uint8Array;
          const offset = Number(args[1] ?? 0);
          wrote(view.subarray(offset, offset + Number(result.bytesWritten)));
        }
        return result;
      };
    }
  }
}

const numbers = new Map<string, number>();
/** A number for a file that existed before the recording, from its path. */
function numberOf(path: string): number {
  let number = numbers.get(path);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(path, number);
  }
  return number;
}

/** Everything below a folder. */
export function readTree(root: string): Tree {
  const tree = new Map<string, Uint8Array | null>();
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    tree.set(path, entry.isDirectory() ? null : fs.readFileSync(join(root, path)));
  }
  return tree;
}

export function writeTree(root: string, tree: Tree): void {
  fs.mkdirSync(root, { recursive: true });
  for (const [path, content] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (content === null) fs.mkdirSync(join(root, path), { recursive: true });
    else {
      fs.mkdirSync(dirname(join(root, path)), { recursive: true });
      fs.writeFileSync(join(root, path), content);
    }
}

/**
 * Possible states of the disk when power fails after some of the calls. Flushed data is there: a file's bytes after a flush of the file, a name after
 * a flush of its folder. Any subset of everything else may be there, in any order, including only the first half of a write.
 * @param random number of random subsets, in addition to those where nothing, everything, all but one or only one call survived
 */
export function* treesAfter(start: Tree, calls: readonly StorageCall[], rng: Rng, random: number): Iterable<Tree> {
  const open = calls.flatMap((call, i) => (isSafe(calls, i) || call.kind.startsWith('flush') ? [] : [i]));
  const without = (lost: ReadonlySet<number>, torn = -1): Tree => replay(start, calls, lost, torn);
  yield without(new Set());
  yield without(new Set(open));
  for (const one of open) {
    yield without(new Set([one]));
    yield without(new Set(open.filter((other) => other !== one)));
    if (calls[one]!.kind === 'write') yield without(new Set(), one);
  }
  for (let i = 0; i < random && open.length > 1; i++) yield without(new Set(open.filter(() => rng.uniform() < 0.5)));
}

/** Whether a later flush made a call durable. */
function isSafe(calls: readonly StorageCall[], i: number): boolean {
  const call = calls[i]!;
  if (call.kind === 'write') return calls.slice(i).some((later) => later.kind === 'flush' && later.file === call.file);
  if (call.kind === 'name' || call.kind === 'unname' || call.kind === 'folder') {
    const folder = dirname(call.path) === '.' ? '' : dirname(call.path);
    return call.path === '' || calls.slice(i).some((later) => later.kind === 'flush folder' && later.path === folder);
  }
  return false;
}

function replay(start: Tree, calls: readonly StorageCall[], lost: ReadonlySet<number>, torn: number): Tree {
  const content = new Map<number, Uint8Array>();
  const names = new Map<string, number>();
  const folders = new Set<string>();
  for (const [path, bytes] of start)
    if (bytes === null) folders.add(path);
    else {
      names.set(path, numberOf(path));
      content.set(numberOf(path), bytes);
    }
  for (const [i, call] of calls.entries()) {
    if (lost.has(i)) continue;
    if (call.kind === 'write') {
      const before = content.get(call.file) ?? new Uint8Array();
      const bytes = i === torn ? call.bytes.subarray(0, call.bytes.length >> 1) : call.bytes;
      const after = new Uint8Array(Math.max(before.length, call.at + bytes.length));
      after.set(before);
      after.set(bytes, call.at);
      content.set(call.file, after);
    } else if (call.kind === 'name') {
      names.set(call.path, call.file);
      if (call.from !== undefined) names.delete(call.from);
    } else if (call.kind === 'unname') names.delete(call.path);
    else if (call.kind === 'folder' && call.path !== '') folders.add(call.path);
  }
  const tree = new Map<string, Uint8Array | null>([...folders].map((path) => [path, null]));
  for (const [path, file] of names)
    if (dirname(path) === '.' || folders.has(dirname(path))) tree.set(path, content.get(file) ?? new Uint8Array());
  return tree;
}
