import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from './files.ts';
import type { Manifest } from './manifest.ts';

const NAME = 'known-files.json';
const VERSION = 1;

/**
 * By what the files of earlier imports are recognised without reading them: content → what the file system said of the file before it was
 * read. Only a help: without it, or where it is damaged, files are read again. It holds no paths.
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

  /** SHA-256 of the content of a file that is as it was; null when it must be read to know. */
  contentOf(mark: string | null): string | null {
    return (mark !== null && this.contents.get(mark)) || null;
  }

  /** Keeps these too, by content, and forgets what the library no longer holds. Failing to write fails nothing: files are read again then. */
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
