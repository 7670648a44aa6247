import { parse } from 'csv-parse/sync';
import { SegueError } from '../../errors.ts';
import { readText } from './split-files.ts';

/** Tracks by owner in the order of the file's rows (or ranks, or scores), each with its line number. */
export type OwnerLists = Map<string, { track: string; line: number }[]>;

const OWNER = [
  'owner',
  'user',
  'user_id',
  'userid',
  'pid',
  'playlist',
  'playlist_id',
  'query',
  'qid',
  'q_id',
  'query_id',
];
const TRACK = [
  'track',
  'track_uri',
  'trackuri',
  'uri',
  'item',
  'item_id',
  'itemid',
  'track_id',
  'song',
  'doc',
  'docid',
  'doc_id',
];
const FORMS =
  'a CSV or TSV with the columns owner and track (and rank or score), lines "owner, track, track, …", or TREC format';

/**
 * Reads recommendations or truths from other programs. Three forms are recognised by their first line: a table with the columns owner and track
 * (ordered by rank or score if present, otherwise by row), lines of an owner and its tracks (as in a challenge submission), and TREC runs and qrels.
 * Lines starting with # or team_info are skipped.
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING; RUN_INVALID when an owner has a track twice or two lists
 */
export async function readLists(path: string, what: 'run' | 'truth'): Promise<OwnerLists> {
  const text = await readText(path);
  const skipped = (line: string): boolean => line === '' || line.startsWith('#') || line.startsWith('team_info');
  const first = text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => !skipped(line));
  if (first === undefined) throw new SegueError('FILE_UNREADABLE', { got: `${path} is empty`, expected: FORMS });
  const delimiter = first.includes('\t') ? '\t' : first.includes(',') ? ',' : ' ';
  const rows = tableRows(text, path, delimiter).filter(({ cells }) => !skipped(cells.join(',')));
  const header = rows[0]!.cells.map((cell) => cell.toLowerCase());
  if (header.some((name) => OWNER.includes(name)) || header.some((name) => TRACK.includes(name)))
    return fromTable(rows, header, path);
  const width = rows[0]!.cells.length;
  const trec = width === (what === 'run' ? 6 : 4) && delimiter !== ',' && /^q?0$/i.test(rows[0]!.cells[1]!);
  if (trec) return fromTrec(rows, path, what);
  return fromLines(rows, path);
}

interface Row {
  readonly cells: string[];
  readonly line: number;
}

function tableRows(text: string, path: string, delimiter: string): Row[] {
  try {
    const parsed = parse(delimiter === ' ' ? text.replace(/[ \t]+/g, ' ') : text, {
      delimiter,
      trim: true,
      bom: true,
      info: true,
      comment: '#',
      comment_no_infix: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', { got: `${path} is not a readable table`, expected: FORMS, cause });
  }
}

function fromTable(rows: readonly Row[], header: readonly string[], path: string): OwnerLists {
  const column = (names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const [owner, track, rank, score] = [
    column(OWNER),
    column(TRACK),
    column(['rank', 'position']),
    column(['score', 'rating']),
  ];
  if (owner < 0 || track < 0)
    throw new SegueError('COLUMNS_MISSING', {
      got: `${path} has the columns ${header.join(', ')}`,
      expected: 'a column owner (or user, pid, …) and a column track (or uri, item, …)',
    });
  const entries = new Map<string, { track: string; line: number; key: number }[]>();
  for (const { cells, line } of rows.slice(1)) {
    const [id, name] = [cells[owner] ?? '', cells[track] ?? ''];
    if (id === '' || name === '') throw broken(path, line, 'lacks an owner or a track');
    const key = rank >= 0 ? Number(cells[rank]) : score >= 0 ? -Number(cells[score]) : 0;
    if (Number.isNaN(key)) throw broken(path, line, 'has a rank or score that is not a number');
    if (!entries.has(id)) entries.set(id, []);
    entries.get(id)!.push({ track: name, line, key });
  }
  return checked(entries, path);
}

function fromTrec(rows: readonly Row[], path: string, what: 'run' | 'truth'): OwnerLists {
  const entries = new Map<string, { track: string; line: number; key: number }[]>();
  for (const { cells, line } of rows) {
    const number = Number(cells[what === 'run' ? 4 : 3]);
    if (cells.length < 4 || Number.isNaN(number)) throw broken(path, line, 'is not in TREC format');
    if (what === 'truth' && number <= 0) continue;
    if (!entries.has(cells[0]!)) entries.set(cells[0]!, []);
    entries.get(cells[0]!)!.push({ track: cells[2]!, line, key: what === 'run' ? -number : 0 });
  }
  return checked(entries, path);
}

function fromLines(rows: readonly Row[], path: string): OwnerLists {
  const entries = new Map<string, { track: string; line: number; key: number }[]>();
  for (const { cells, line } of rows) {
    const owner = cells[0]!;
    if (entries.has(owner)) throw broken(path, line, `is a second list of the owner "${owner}"`);
    entries.set(
      owner,
      cells.slice(1).flatMap((track) => (track === '' ? [] : [{ track, line, key: 0 }])),
    );
  }
  return checked(entries, path);
}

function checked(entries: Map<string, { track: string; line: number; key: number }[]>, path: string): OwnerLists {
  for (const [owner, list] of entries) {
    list.sort((a, b) => a.key - b.key || a.line - b.line);
    const seen = new Set<string>();
    for (const { track, line } of list) {
      if (seen.has(track))
        throw broken(path, line, `names the track "${track}" a second time for the owner "${owner}"`);
      seen.add(track);
    }
  }
  return entries;
}

const broken = (path: string, line: number, what: string): SegueError =>
  new SegueError('RUN_INVALID', {
    got: `Line ${line} of ${path} ${what}`,
    expected: FORMS,
    remedy: 'Correct the file; nothing was evaluated',
  });
