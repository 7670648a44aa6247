import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EMBEDDING_VERSION, EMBEDDING_WIDTH } from '../../dataset/embedding-measures.ts';
import { SOUND_VERSION, SOUND_WIDTH } from '../../dataset/sound-measures.ts';
import { SegueError } from '../../errors.ts';
import { streamInput } from '../input.ts';
import { streamedLines } from '../text.ts';
import type { FileAnalysis } from './analyse-file.ts';

/** Maximum length of a line, which contains a row and its tags; longer lines were not written by Segue. */
const MOST_LINE = 200_000;

/** The first line of a log. */
interface Header {
  segue: 'sound';
  version: number;
  folder: string;
}

/** Lines that could not be used, by cause. */
export interface BadLine {
  readonly line: number;
  readonly cause: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const unreadable = (path: string, got: string): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: `${path} ${got}`,
    expected: 'what `segue analyse` wrote',
    remedy: 'Analyse the folder again with `segue analyse FOLDER --again`',
  });

/** A change of the log on the disk. @throws SegueError DISK_FULL, FILE_UNREADABLE */
async function written<T>(path: string, change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new SegueError('DISK_FULL', {
        got: `The disk has no room for ${path}`,
        remedy: 'Free some space and run the same command again; what was analysed is kept',
        cause,
      });
    throw new SegueError('FILE_UNREADABLE', {
      got: `${path} cannot be written (${code})`,
      expected: 'a library that this account may change',
      cause,
    });
  }
}

/** @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD */
function readHeader(path: string, line: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(line);
  } catch {
    header = null;
  }
  if (!isRecord(header) || header.segue !== 'sound' || typeof header.folder !== 'string')
    throw unreadable(path, 'is not an analysis log');
  if (header.version !== SOUND_VERSION)
    throw new SegueError(Number(header.version) > SOUND_VERSION ? 'FORMAT_NEWER' : 'FORMAT_OLD', {
      got: `${path} has version ${String(header.version)} of the measures`,
      expected: `version ${SOUND_VERSION}`,
      remedy: 'Analyse the folder again with `segue analyse FOLDER --again`',
    });
  return header as unknown as Header;
}

/** JSON has no NaN: it is written as null. What the network heard goes with the version of its numbers. */
const encode = (analysis: FileAnalysis): string =>
  `${JSON.stringify('embedding' in analysis ? { ...analysis, network: EMBEDDING_VERSION } : analysis)}\n`;

function decode(line: string): FileAnalysis | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value.path !== 'string') return null;
  const { path, size, mtime, problem, tags, sound } = value;
  if (typeof size !== 'number' || typeof mtime !== 'number') return null;
  if (typeof problem === 'string') return { path, size, mtime, problem, ...(value.retry === true && { retry: true }) };
  const numbers = Array.isArray(sound) && sound.length === SOUND_WIDTH ? sound : null;
  if (!numbers?.every((n) => n === null || Number.isFinite(n)) || !isRecord(tags)) return null;
  const texts = (list: unknown): list is string[] => Array.isArray(list) && list.every((t) => typeof t === 'string');
  const optional = (key: string, type: string): boolean => tags[key] === undefined || typeof tags[key] === type;
  const tagsFit =
    typeof tags.title === 'string' &&
    texts(tags.artists) &&
    Number.isInteger(tags.durationMs) &&
    (tags.genres === undefined || texts(tags.genres)) &&
    optional('year', 'number') &&
    ['album', 'mbid', 'isrc'].every((key) => optional(key, 'string'));
  if (!tagsFit) return null;
  const row = numbers.map((n: number | null) => n ?? Number.NaN);
  return {
    path,
    size,
    mtime,
    tags: tags as unknown as Extract<FileAnalysis, { tags: unknown }>['tags'],
    sound: row,
    ...embeddingOf(value),
  };
}

/** What the network heard; nothing where it was not asked, or was another version of it. */
function embeddingOf({ embedding, network }: Record<string, unknown>): { embedding?: number[] | null } {
  if (network !== EMBEDDING_VERSION) return {};
  if (embedding === null) return { embedding };
  const whole = Array.isArray(embedding) && embedding.length === EMBEDDING_WIDTH && embedding.every(Number.isFinite);
  return whole ? { embedding: embedding as number[] } : {};
}

/**
 * The log's files, each as it was analysed last, in the order in which they came first. A line that a kill cut off is a bad line and nothing else.
 * @param path a file, or a member of an archive
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD
 */
export async function readSoundLog(
  path: string,
): Promise<{ folder: string; files: Map<string, FileAnalysis>; bad: BadLine[]; lines: number }> {
  const files = new Map<string, FileAnalysis>();
  const bad: BadLine[] = [];
  let header: Header | null = null;
  let lines = 0;
  for await (const { text, line } of streamedLines(path, streamInput(path))) {
    lines = line;
    if (!header) {
      header = readHeader(path, text);
      continue;
    }
    if (text === '') continue;
    const analysis = text.length > MOST_LINE ? null : decode(text);
    if (analysis) files.set(analysis.path, analysis);
    else bad.push({ line, cause: 'line that is not an analysis of a file' });
  }
  if (!header) throw unreadable(path, 'is empty');
  return { folder: header.folder, files, bad, lines };
}

/** The log that an analysis writes: a line for each file as soon as it is done, so that a kill costs the files that were being worked on. */
export class SoundLog {
  readonly path: string;
  readonly folder: string;
  /** By path. */
  readonly files: Map<string, FileAnalysis>;
  private lines: number;

  private constructor(path: string, folder: string, files: Map<string, FileAnalysis>, lines: number) {
    this.path = path;
    this.folder = folder;
    this.files = files;
    this.lines = lines;
  }

  /** @param again starts a new log @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD, DISK_FULL */
  static async open(path: string, folder: string, again = false): Promise<SoundLog> {
    await written(path, mkdir(dirname(path), { recursive: true }));
    if (!again && existsSync(path)) {
      const { files, lines } = await readSoundLog(path);
      const log = new SoundLog(path, folder, files, lines);
      await written(path, log.endLine());
      return log;
    }
    const log = new SoundLog(path, folder, new Map(), 1);
    await written(path, log.rewrite());
    return log;
  }

  /** @throws SegueError DISK_FULL, FILE_UNREADABLE */
  async add(analysis: FileAnalysis): Promise<void> {
    this.files.set(analysis.path, analysis);
    await written(this.path, appendFile(this.path, encode(analysis)));
    this.lines++;
  }

  /**
   * Forgets files that are there no more, and writes the log anew when most of it is outdated.
   * @returns how many went away @throws SegueError DISK_FULL, FILE_UNREADABLE
   */
  async keep(present: ReadonlySet<string>): Promise<number> {
    let gone = 0;
    for (const path of this.files.keys()) if (!present.has(path) && this.files.delete(path)) gone++;
    if (gone > 0 || this.lines > 2 * this.files.size + 100) await written(this.path, this.rewrite());
    return gone;
  }

  private async rewrite(): Promise<void> {
    // Hidden, so that no backup and no import takes what a kill leaves of it.
    const temporary = join(dirname(this.path), `.tmp-${process.pid}`);
    const header: Header = { segue: 'sound', version: SOUND_VERSION, folder: this.folder };
    try {
      await writeFile(temporary, [`${JSON.stringify(header)}\n`, ...[...this.files.values()].map(encode)].join(''));
      await rename(temporary, this.path);
    } finally {
      await rm(temporary, { force: true });
    }
    this.lines = this.files.size + 1;
  }

  /** Ends a last line cut off by a kill, so that the next line is separate. */
  private async endLine(): Promise<void> {
    const file = await open(this.path, 'r+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      await file.read(last, 0, 1, Math.max(0, size - 1));
      if (last[0] !== 0x0a) await file.write('\n', size);
    } finally {
      await file.close();
    }
  }
}
