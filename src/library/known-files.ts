import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from './files.ts';
import type { Manifest } from './manifest.ts';

const NAME = 'known-files.json';
const VERSION = 1;

/**
 * Recognises files of earlier imports without reading them. It maps each file's content to its metadata in the file system, as it was before the file
 * was read. This is only an optimisation: if it is missing or damaged, files are read again. It stores no paths.
 */
export class KnownFiles {
  private readonly dir: string;
  private readonly marks: Map<string, string>;
  private readonly contents: Map<string, string>;

  private constructor(dir: string, marks: Map<string, string>) {
    this.dir = dir;
    this.marks = marks;
    this.contents = new Map(Array.from(marks, ([sha256, mark]) => [mark, sha256]));
  }

  static async open(dir: string): Promise<KnownFiles> {
    return new KnownFiles(dir, parse(await readFile(join(dir, NAME), 'utf8').catch(() => '')));
  }

  /** SHA-256 of the content of an unchanged file; null when it must be read. */
  contentOf(mark: string | null): string | null {
    return (mark !== null && this.contents.get(mark)) || null;
  }

  /** Adds these by content, and drops what the library no longer holds. A failed write has no consequence except that files are read again. */
  async keep(marks: ReadonlyMap<string, string>, { segments }: Manifest): Promise<void> {
    const kept: Record<string, string> = {};
    for (const { sha256, replaced } of segments) {
      const mark = marks.get(sha256) ?? this.marks.get(sha256);
      if (mark !== undefined && !replaced) kept[sha256] = mark;
    }
    const names = Object.keys(kept);
    if (names.length === this.marks.size && names.every((sha256) => kept[sha256] === this.marks.get(sha256))) return;
    await writeFileWhole(join(this.dir, NAME), `${JSON.stringify({ version: VERSION, marks: kept })}\n`).catch(
      () => {},
    );
  }
}

function parse(text: string): Map<string, string> {
  try {
    const value = JSON.parse(text) as { version?: unknown; marks?: unknown } | null;
    if (value?.version !== VERSION || typeof value.marks !== 'object' || value.marks === null) return new Map();
    const sound = ([sha256, mark]: [string, unknown]): boolean =>
      /^[0-9a-f]{64}$/.test(sha256) && typeof mark === 'string' && /^[0-9a-f]{32}$/.test(mark);
    return new Map(Object.entries(value.marks).filter(sound) as [string, string][]);
  } catch {
    return new Map();
  }
}
