import { type Arrays, decodeContainer, encodeContainer, KIND } from '../../dataset/container.ts';
import type { StringColumn } from '../../dataset/strings.ts';
import { isLookupTable, Vocabulary } from '../../dataset/vocabulary.ts';
import { SegueError } from '../../errors.ts';
import { fromRows, transpose } from '../../math/csr.ts';
import { termShares } from './term-shares.ts';
import { titleTerms } from './title-terms.ts';

/** Version of the parts' content; raise it when terms, their weights or any part are computed differently. */
export const TITLES_VERSION = 1;

/** The arrays for finding owners by title; they can be shared by threads and saved in a file. */
export interface TitleParts {
  /** The terms as a vocabulary: a text column and its look-up table. */
  readonly heap: Uint8Array;
  readonly offsets: Uint32Array;
  readonly table: Int32Array;
  /** Number of distinct titles with each term. */
  readonly counts: Int32Array;
  /** Distinct titles × terms, reduced to where each title begins, and the weights of its terms. */
  readonly titlePtr: Int32Array;
  readonly titleValues: Float32Array;
  /** Terms × distinct titles. */
  readonly termPtr: Int32Array;
  readonly termIdx: Int32Array;
  readonly termValues: Float32Array;
  /** Distinct titles × owners. */
  readonly ownerPtr: Int32Array;
  readonly ownerIdx: Int32Array;
}

const known = new WeakMap<StringColumn, TitleParts>();

/** The parts for a column of titles: those given to `useTitleParts`, or else computed now; kept as long as the column. */
export function titlePartsOf(titles: StringColumn): TitleParts {
  let parts = known.get(titles);
  if (!parts) known.set(titles, (parts = buildTitleParts(titles)));
  return parts;
}

/** Makes every index of these titles use the given parts. @param parts made from the same titles */
export const useTitleParts = (titles: StringColumn, parts: TitleParts): void => void known.set(titles, parts);

export function buildTitleParts(titles: StringColumn): TitleParts {
  const numbers = new Map<string, number>();
  const keys = new Map<string, number>();
  const members: number[][] = [];
  const ids: number[][] = [];
  const shares: number[] = [];
  // Many owners use the same title, and looking up its text costs far less than splitting it into terms.
  const written = new Map<string, number>();
  for (let owner = 0; owner < titles.length; owner++) {
    const title = titles.get(owner);
    const same = written.get(title);
    if (same !== undefined) {
      members[same]!.push(owner);
      continue;
    }
    const parsed = titleTerms(title);
    if (parsed.key === '') continue;
    const met = keys.get(parsed.key);
    written.set(title, met ?? members.length);
    if (met !== undefined) {
      members[met]!.push(owner);
      continue;
    }
    keys.set(parsed.key, members.length);
    members.push([owner]);
    const own: number[] = [];
    for (const [term, share] of termShares(parsed)) {
      let id = numbers.get(term);
      if (id === undefined) numbers.set(term, (id = numbers.size));
      own.push(id);
      shares.push(share);
    }
    ids.push(own);
  }
  const counts = new Int32Array(numbers.size);
  for (const own of ids) for (const id of own) counts[id]!++;
  const idf = inverseFrequencies(counts, ids.length);
  const matrix = fromRows(ids, numbers.size);
  const values = Float32Array.from(shares, (share, e) => share * idf[matrix.idx[e]!]!);
  const byTerm = transpose({ ...matrix, values });
  const owners = fromRows(members, titles.length);
  const terms = Vocabulary.from(numbers.keys());
  return {
    heap: terms.ids.heap,
    offsets: terms.ids.offsets,
    table: terms.table,
    counts,
    titlePtr: matrix.ptr,
    titleValues: values,
    termPtr: byTerm.ptr,
    termIdx: byTerm.idx,
    termValues: byTerm.values!,
    ownerPtr: owners.ptr,
    ownerIdx: owners.idx,
  };
}

/** ln(1 + titles / titles with the term), of each term. */
export const inverseFrequencies = (counts: Int32Array, titles: number): Float32Array =>
  Float32Array.from(counts, (n) => Math.log(1 + titles / n));

/** The parts as pieces of one container, to be written in order. @param datasetId of the dataset that they were made from */
export function encodeTitles(parts: TitleParts, datasetId: string): Uint8Array[] {
  const { heap, offsets, table, counts, titlePtr, titleValues, termPtr, termIdx, termValues, ownerPtr, ownerIdx } =
    parts;
  const arrays: Arrays = {
    'term.heap': heap,
    'term.offsets': offsets,
    'term.table': table,
    'term.counts': counts,
    'title.ptr': titlePtr,
    'title.values': titleValues,
    'titles.ptr': termPtr,
    'titles.idx': termIdx,
    'titles.values': termValues,
    'owners.ptr': ownerPtr,
    'owners.idx': ownerIdx,
  };
  return encodeContainer(KIND.titles, { version: TITLES_VERSION, dataset: datasetId }, arrays);
}

/**
 * Reads the parts from a file as views of its bytes, after checking every length, bound and checksum; null when they belong to another dataset or
 * version.
 * @param owners number of owners @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function viewTitles(bytes: Uint8Array, owners: number, datasetId: string): TitleParts | null {
  const expected = 'an index of titles written by Segue';
  const container = decodeContainer(bytes, 'The saved index of titles', expected, 'Delete it: it is built again');
  const { kind, meta } = container;
  if (kind !== KIND.titles)
    throw new SegueError('FILE_UNREADABLE', { got: 'The saved index of titles is another file', expected });
  if (meta.version !== TITLES_VERSION || meta.dataset !== datasetId) return null;
  const terms = container.strings('term');
  const table = container.array('term.table', 'Int32Array');
  if (!isLookupTable(table, terms.length)) throw container.broken('has a wrong column "term.table"');
  const titles = container.array('title.ptr', 'Int32Array').length - 1;
  const { ptr: termPtr, idx: termIdx } = container.lists('titles', terms.length, titles);
  const { ptr: ownerPtr, idx: ownerIdx } = container.lists('owners', titles, owners);
  const titlePtr = container.pointers('title.ptr', titles, termIdx.length);
  return {
    heap: terms.heap,
    offsets: terms.offsets,
    table,
    counts: container.ids('term.counts', terms.length, 0, titles + 1),
    titlePtr,
    titleValues: container.array('title.values', 'Float32Array', termIdx.length),
    termPtr,
    termIdx,
    termValues: container.array('titles.values', 'Float32Array', termIdx.length),
    ownerPtr,
    ownerIdx,
  };
}
