import { Rejections } from '../dataset/rejections.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { throwIfCancelled } from '../errors.ts';
import { type ArtistColumns, artistColumns, artistRow } from './artist-table.ts';
import { inputName, unreadable } from './input.ts';
import type { ReadOptions } from './source.ts';
import { columnsMissing, readRowsTogether, type TableRow } from './table.ts';
import { type TrackColumns, trackColumns, trackRow } from './track-table.ts';

/** Rows of one batch: enough that a track's repetitions mostly meet in it, few enough to bound memory. */
const ROWS_AT_ONCE = 200_000;
/** Artists and genres of one batch, however few rows they are in. */
const NAMES_AT_ONCE = 1_000_000;
/** Characters of a cell, and artists or genres in one: whatever has more describes no song and no artist. */
const LONGEST_CELL = 1 << 16;
const MOST_NAMES = 1000;
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
  let [rows, names] = [0, 0];
  const areFew = ({ line }: TableRow, some?: ArrayLike<unknown>, others?: ArrayLike<unknown>): boolean => {
    const most = Math.max(some?.length ?? 0, others?.length ?? 0);
    if (most > MOST_NAMES) rejections.add(`row with more than ${MOST_NAMES} artists or genres`, `${name}:${line}`);
    else names += most;
    return most <= MOST_NAMES;
  };
  for await (const together of readRowsTogether(file)) {
    throwIfCancelled(options.signal, 'The import');
    for (const row of together) {
      if (!reader) {
        reader = readerOf(file, row.cells, kinds);
        width = row.cells.length;
        continue;
      }
      if (hasLongCell(row.cells)) {
        rejections.add(`row with a cell of more than ${LONGEST_CELL >> 10} kB`, `${name}:${row.line}`);
        continue;
      }
      if (reader.kind === 'artist') {
        const artist = artistRow(row, reader.columns, name, rejections);
        if (artist && areFew(row, artist.genres)) batch.artists.push(artist);
      } else {
        const track = trackRow(row, reader.columns, width, name, rejections);
        if (track && areFew(row, track.artists, track.genres)) batch.tracks.push(track);
      }
      if (++rows === ROWS_AT_ONCE || names >= NAMES_AT_ONCE) {
        yield { ...batch, rejections: rejections.take() };
        [rows, names] = [0, 0];
        batch = emptyBatch();
      }
    }
    // Part by part, so that no more rows than these are held.
    if (batch.tracks.length + batch.artists.length === 0) continue;
    yield { ...batch, rejections: rejections.take(), goesOn: true };
    batch = emptyBatch();
  }
  if (!reader) throw unreadable(file, 'is empty', 'a table');
  yield { ...batch, rejections: rejections.take() };
}

function hasLongCell(cells: readonly string[]): boolean {
  for (let i = 0; i < cells.length; i++) if (cells[i]!.length > LONGEST_CELL) return true;
  return false;
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
