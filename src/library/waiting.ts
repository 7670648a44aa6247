import { appendFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackRow } from '../dataset/rows.ts';
import { listDirectory } from './files.ts';

const CURRENT = 'waiting.jsonl';
const SEALED = /^waiting-\d+\.jsonl$/;

/**
 * Tracks that queries named and the catalogue lacks: a line of JSON each, only ever appended, so that a server may add while another
 * process merges. Merging first seals the file (renames it), so later additions go to a new one.
 */
export class WaitingStore {
  private readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Appends rows that are not there already, word for word. */
  async add(rows: readonly TrackRow[]): Promise<void> {
    const known = new Set((await this.lines()).map(({ text }) => text));
    const fresh = new Set(rows.map((row) => JSON.stringify(row)).filter((text) => !known.has(text)));
    if (fresh.size === 0) return;
    await mkdir(this.dir, { recursive: true });
    await appendFile(join(this.dir, CURRENT), [...fresh].map((text) => `${text}\n`).join(''), { flush: true });
  }

  /** All rows in the order of their coming; several may say different things of one track. A torn last line is left out. */
  async rows(): Promise<TrackRow[]> {
    return (await this.lines()).map(({ row }) => row);
  }

  /** Closes the current file to additions. Only while holding the lock. Returns the rows of the sealed files and how to drop them. */
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
        // An addition that had the file open while it was sealed keeps it for the next time.
        if ((await stat(path)).size === sizes[i]) await rm(path);
      }
    };
    return { rows, drop };
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

function parseRow(text: string): TrackRow | null {
  if (text === '') return null;
  try {
    const row = JSON.parse(text) as Partial<TrackRow> | null;
    return typeof row?.uri === 'string' && row.uri !== '' ? (row as TrackRow) : null;
  } catch {
    return null;
  }
}
