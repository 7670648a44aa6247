import { appendFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackRow } from '../dataset/rows.ts';
import { listDirectory, syncDirectory } from './files.ts';
import { onStorage } from './storage-failure.ts';

const CURRENT = 'waiting.jsonl';
const SEALED = /^waiting-\d+\.jsonl$/;

/** Limits on what may wait in total, and on the longest row: anybody can send queries, so what they leave behind is bounded. */
export interface WaitingLimits {
  readonly rows: number;
  readonly bytes: number;
  readonly rowBytes: number;
}
export const WAITING_LIMITS: WaitingLimits = { rows: 20_000, bytes: 4 << 20, rowBytes: 4 << 10 };

/** Cached contents of the files, valid while their names, sizes and times are these. */
interface Held {
  readonly signature: string;
  readonly texts: Set<string>;
  readonly uris: Set<string>;
  bytes: number;
}

/**
 * Tracks that queries named and the catalogue lacks, one line of JSON each. The file is append-only, so a server may add while another process
 * merges. Merging first seals the file (by renaming it), so later additions go to a new one. Rows beyond the limits are dropped.
 */
export class WaitingStore {
  private readonly dir: string;
  private readonly limits: WaitingLimits;
  private held: Held | null = null;
  private adding: Promise<unknown> = Promise.resolve();

  constructor(dir: string, limits: WaitingLimits = WAITING_LIMITS) {
    this.dir = dir;
    this.limits = limits;
  }

  /** Appends rows that are not there in identical form, as far as there is room. Returns the number of waiting tracks. */
  add(rows: readonly TrackRow[]): Promise<number> {
    const added = this.adding.then(() => onStorage(this.dir, () => this.append(rows)));
    this.adding = added.catch(() => {});
    return added;
  }

  /** Number of distinct waiting tracks; the files are read again only when another process has changed them. */
  async count(): Promise<number> {
    return (await this.look()).uris.size;
  }

  /** All rows in order of arrival; several may describe one track differently. A torn line is skipped. */
  async rows(): Promise<TrackRow[]> {
    return (await this.lines()).map(({ row }) => row);
  }

  /** Closes the current file to additions. Requires the lock. Returns the rows of the sealed files and a function to delete them. */
  async seal(): Promise<{ rows: TrackRow[]; drop: () => Promise<void> }> {
    const names = await this.files();
    if (names.includes(CURRENT)) {
      let n = 1;
      while (names.includes(`waiting-${n}.jsonl`)) n++;
      await rename(join(this.dir, CURRENT), join(this.dir, `waiting-${n}.jsonl`));
    }
    const sealed = (await this.files()).filter((name) => SEALED.test(name));
    const sizes = await Promise.all(sealed.map(async (name) => (await stat(join(this.dir, name))).size));
    const rows = (await this.lines(sealed)).map(({ row }) => row);
    const drop = async (): Promise<void> => {
      for (let i = 0; i < sealed.length; i++) {
        const path = join(this.dir, sealed[i]!);
        // A file that grew while it was sealed is kept for the next time.
        if ((await stat(path)).size === sizes[i]) await rm(path);
      }
    };
    return { rows, drop };
  }

  private async append(rows: readonly TrackRow[]): Promise<number> {
    const held = await this.look();
    const fresh: string[] = [];
    for (const row of rows) {
      const text = JSON.stringify(row);
      const bytes = Buffer.byteLength(text) + 1;
      const room = held.texts.size < this.limits.rows && held.bytes + bytes <= this.limits.bytes;
      if (!room || bytes > this.limits.rowBytes || held.texts.has(text)) continue;
      held.texts.add(text);
      held.uris.add(row.uri);
      held.bytes += bytes;
      fresh.push(text);
    }
    if (fresh.length > 0) {
      // Whatever goes wrong, the files are read again.
      this.held = null;
      await mkdir(this.dir, { recursive: true });
      const path = join(this.dir, CURRENT);
      // Terminate a line torn by a crash, so that it does not spoil the next one.
      const start = (await endsTorn(path)) ? '\n' : '';
      const first = !(await this.files()).includes(CURRENT);
      await appendFile(path, `${start}${fresh.join('\n')}\n`, { flush: true });
      // Without this, a power failure could lose the new file's name.
      if (first) await syncDirectory(this.dir);
      this.held = { ...held, signature: await this.signature() };
    }
    return held.uris.size;
  }

  private async look(): Promise<Held> {
    const signature = await this.signature();
    if (this.held?.signature === signature) return this.held;
    const lines = await this.lines();
    this.held = {
      signature,
      texts: new Set(lines.map(({ text }) => text)),
      uris: new Set(lines.map(({ row }) => row.uri)),
      bytes: lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0),
    };
    return this.held;
  }

  private async signature(): Promise<string> {
    const files = await Promise.all(
      (await this.files()).map(async (name) => {
        const { size, mtimeMs, ino } = await stat(join(this.dir, name));
        return [name, size, mtimeMs, ino];
      }),
    );
    return JSON.stringify(files);
  }

  private async files(): Promise<string[]> {
    return (await listDirectory(this.dir)).filter((name) => name === CURRENT || SEALED.test(name));
  }

  private async lines(names?: readonly string[]): Promise<{ text: string; row: TrackRow }[]> {
    const lines: { text: string; row: TrackRow }[] = [];
    for (const name of names ?? (await this.files())) {
      for (const text of (await readFile(join(this.dir, name), 'utf8')).split('\n')) {
        const row = parseRow(text);
        if (row) lines.push({ text, row });
      }
    }
    return lines;
  }
}

/** Whether the last line of the file lacks its line end. */
async function endsTorn(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size === 0) return false;
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
      return buffer[0] !== 0x0a;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function parseRow(text: string): TrackRow | null {
  if (text === '') return null;
  try {
    const row = JSON.parse(text) as Partial<TrackRow> | null;
    return typeof row?.uri === 'string' && row.uri !== '' ? (row as TrackRow) : null;
  } catch {
    return null;
  }
}
