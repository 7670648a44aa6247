import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import { inputName } from '../input.ts';
import { recordingUri } from '../music-ids.ts';
import type { ReadOptions } from '../source.ts';
import { readRows } from '../table.ts';
import { type OpenColumns, openColumns } from './open-columns.ts';

const TRACKS_AT_ONCE = 50_000;
const CHECK_EVERY = 1 << 14;

/** What a row says of its recording, or why it cannot be used. */
export type RecordingFacts = Omit<TrackRow, 'uri'> | string;

export interface RecordingTable {
  /** Column with the recording's MBID. */
  readonly id: string;
  /** Further columns that must be there. */
  readonly needed: readonly string[];
  /** Reads the rows of a table with these columns. @throws SegueError COLUMNS_MISSING */
  reader(columns: OpenColumns): (cells: readonly string[]) => RecordingFacts;
}

/**
 * Tracks of a comma-separated table with one MusicBrainz recording a row, those that the library knows where `known` is given.
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED
 */
export async function* readRecordings(
  file: string,
  { id, needed, reader }: RecordingTable,
  { known = () => true, signal }: ReadOptions = {},
): AsyncGenerator<Batch> {
  const rejections = new Rejections();
  const rows = readRows(file, { separator: ',' });
  const columns = openColumns(file, (await rows.next()).value?.cells, [id, ...needed]);
  const factsOf = reader(columns);
  let tracks: TrackRow[] = [];
  let n = 0;
  for await (const { cells, line } of rows) {
    if (++n % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
    const mbid = columns.mbid(cells, id);
    const uri = mbid === null ? '' : recordingUri(mbid);
    if (mbid !== null && !known(uri)) continue;
    const facts = mbid === null ? 'row without a recording id' : factsOf(cells);
    if (typeof facts === 'string') rejections.add(facts, `${inputName(file)}:${line}`);
    else tracks.push({ uri, ...facts });
    if (tracks.length === TRACKS_AT_ONCE) {
      yield { ...emptyBatch(), tracks };
      tracks = [];
    }
  }
  yield { ...emptyBatch(), tracks, rejections: rejections.take() };
}
