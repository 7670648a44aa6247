import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dataset } from '../../dataset/dataset.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';
import { SegueError } from '../../errors.ts';
import { bareDataset } from '../bare-dataset.ts';
import { TEST_MARK, TRAIN_MARK } from '../protocols/split.ts';

/** Numbers ids in order of first appearance. */
class Ids {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.numbers.set(text, number);
      this.texts.push(text);
    }
    return number;
  }
}

/** Reads a text file, decompressed when its name ends in .gz. @throws SegueError FILE_UNREADABLE */
export async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const reason =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new SegueError('FILE_UNREADABLE', { got: `${path} ${reason}`, expected: 'a text file, plain or .gz', cause });
  }
}

/**
 * Reads a published split: two files with lines "owner track track …", where ids are any texts without spaces. Several lines of one owner are joined;
 * a track repeated within a line counts once. Empty lines and owners without tracks are skipped.
 * @returns a dataset for the protocol `split`: training entries first in each row, marked in place of times
 * @throws SegueError FILE_UNREADABLE for an empty file, SPLIT_IMPOSSIBLE when a pair is in both files
 */
export async function readSplit(trainFile: string, testFile: string): Promise<Dataset> {
  const owners = new Ids();
  const tracks = new Ids();
  const rows: { train: number[]; test: number[] }[] = [];
  for (const [path, part] of [
    [trainFile, 'train'],
    [testFile, 'test'],
  ] as const) {
    let entries = 0;
    for (const line of (await readText(path)).split('\n')) {
      const words = line.trim().split(/\s+/);
      if (words.length < 2) continue;
      const row = (rows[owners.number(words[0]!)] ??= { train: [], test: [] });
      for (let w = 1; w < words.length; w++) row[part].push(tracks.number(words[w]!));
      entries += words.length - 1;
    }
    if (entries === 0)
      throw new SegueError('FILE_UNREADABLE', {
        got: `${path} contains no pair of owner and track`,
        expected: 'lines "owner track track …"',
      });
  }
  return splitDataset(rows, owners.texts, tracks.texts);
}

function splitDataset(
  rows: readonly { train: number[]; test: number[] }[],
  owners: string[],
  tracks: string[],
): Dataset {
  const count = tracks.length;
  const seenBy = new Int32Array(count);
  const inTrainOf = new Int32Array(count);
  const ptr = new Int32Array(rows.length + 1);
  const idx: number[] = [];
  const marks: number[] = [];
  let both = 0;
  let first = '';
  rows.forEach(({ train, test }, owner) => {
    for (const [list, mark] of [
      [train, TRAIN_MARK],
      [test, TEST_MARK],
    ] as const) {
      for (const track of list) {
        if (seenBy[track] === owner + 1) {
          if (mark === TEST_MARK && inTrainOf[track] === owner + 1 && both++ === 0)
            first = `owner "${owners[owner]}", track "${tracks[track]}"`;
          continue;
        }
        seenBy[track] = owner + 1;
        if (mark === TRAIN_MARK) inTrainOf[track] = owner + 1;
        idx.push(track);
        marks.push(mark);
      }
    }
    ptr[owner + 1] = idx.length;
  });
  if (both > 0)
    throw new SegueError('SPLIT_IMPOSSIBLE', {
      got: `${both} pairs appear in both the training and the test file, the first being ${first}`,
      expected: 'no pair in both',
      remedy: 'Remove them from the training file: they would inflate every metric',
    });
  const byOwner = { rows: rows.length, columns: count, ptr, idx: Int32Array.from(idx), values: null };
  return bareDataset(Vocabulary.from(tracks), owners, byOwner, Float64Array.from(marks));
}
