import { Rejections } from '../dataset/rejections.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { throwIfCancelled } from '../errors.ts';
import { type ArtistColumns, artistColumns, artistRow } from './artist-table.ts';
import { inputName, unreadable } from './input.ts';
import type { ReadOptions } from './source.ts';
import { columnsMissing, readRows } from './table.ts';
import { type TrackColumns, trackColumns, trackRow } from './track-table.ts';

/** Rows of one batch: enough that a track's repetitions mostly meet in it, few enough to bound memory. */
const ROWS_AT_ONCE = 200_000;
/** Files that hold tables. */
export const TABLE = /\.(csv|tsv)(\.gz)?$|\.parquet$/i;

type Reader = { kind: 'track'; columns: TrackColumns } | { kind: 'artist'; columns: ArtistColumns };

/** The batches of a table of tracks or artists; which of them it is, is told by its columns. @throws SegueError COLUMNS_MISSING, FILE_UNREADABLE */
export async function* readTable(
  file: string,
  kinds: readonly Reader['kind'][],
  options: ReadOptions = {},
): AsyncGenerator<Batch> {
  const name = inputName(file);
  const rejections = new Rejections();
  let reader: Reader | null = null;
  let width = 0;
  let batch = emptyBatch();
  let rows = 0;
  for await (const row of readRows(file)) {
    if (!reader) {
      reader = readerOf(file, row.cells, kinds);
      width = row.cells.length;
      continue;
    }
    if (reader.kind === 'artist') {
      const artist = artistRow(row, reader.columns, name, rejections);
      if (artist) batch.artists.push(artist);
    } else {
      const track = trackRow(row, reader.columns, width, name, rejections);
      if (track) batch.tracks.push(track);
    }
    if (++rows % ROWS_AT_ONCE === 0) {
      throwIfCancelled(options.signal, 'The import');
      yield { ...batch, rejections: rejections.take() };
      batch = emptyBatch();
    }
  }
  if (!reader) throw unreadable(file, 'is empty', 'a table');
  yield { ...batch, rejections: rejections.take() };
}

function readerOf(file: string, header: readonly string[], kinds: readonly Reader['kind'][]): Reader {
  const ofArtists = artistColumns(header);
  if (ofArtists) return { kind: 'artist', columns: ofArtists };
  const ofTracks = kinds.includes('track') ? trackColumns(header) : null;
  if (ofTracks) return { kind: 'track', columns: ofTracks };
  throw columnsMissing(
    file,
    header,
    kinds.includes('track')
      ? 'a column of track ids (uri, track_id, id, …) and audio features or other facts of tracks'
      : "a column with the artist's name and one with genres, followers or popularity",
  );
}
