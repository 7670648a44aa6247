import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { throwIfCancelled } from '../errors.ts';
import { type ArtistColumns, artistColumns, artistRow } from './artist-table.ts';
import { inputName, unreadable } from './input.ts';
import { PlainArtists } from './plain-artists.ts';
import { arePlain, type TakesLines } from './plain-lines.ts';
import { PlainTracks } from './plain-tracks.ts';
import type { ReadOptions } from './source.ts';
import { columnsMissing, readTableParts } from './table.ts';
import { TableTally } from './table-tally.ts';
import { type TrackColumns, trackColumns, trackRow } from './track-table.ts';

/** Characters of a cell: whatever has more describes no song and no artist. */
const LONGEST_CELL = 1 << 16;
/** Files that hold tables. */
export const TABLE = /\.(csv|tsv)(\.gz)?$|\.parquet$/i;

type Reader = { kind: 'track'; columns: TrackColumns } | { kind: 'artist'; columns: ArtistColumns };

/** The batches of a table of tracks or artists, depending on its columns. @throws SegueError COLUMNS_MISSING, FILE_UNREADABLE */
export async function* readTable(
  file: string,
  kinds: readonly Reader['kind'][],
  options: ReadOptions = {},
): AsyncGenerator<Batch> {
  const name = inputName(file);
  const tally = new TableTally(name);
  let reader: Reader | null = null;
  let plain: PlainTracks | PlainArtists | null = null;
  let width = 0;
  let batch = emptyBatch();
  const takesLines = (): TakesLines => (plain ? 'quoted' : 'none');
  for await (const part of readTableParts(file, {}, takesLines, () => plain?.numberColumns ?? [])) {
    throwIfCancelled(options.signal, 'The import');
    if (arePlain(part))
      for (let at = 0; at < part.bytes.length; ) {
        const read = plain!.read(part, at, tally);
        at = read.at;
        const taken = 'tracks' in read ? { columns: read.tracks } : { artistColumns: read.artists };
        const goesOn = !tally.isFull;
        if (goesOn && !taken.columns && !taken.artistColumns) continue;
        yield { ...batch, ...taken, rejections: goesOn ? tally.rejections.take() : tally.next(), goesOn };
      }
    else
      for (const row of part) {
        if (!reader) {
          reader = readerOf(file, row.cells, kinds);
          width = row.cells.length;
          if (reader.kind === 'track' && PlainTracks.takes(reader.columns))
            plain = new PlainTracks(reader.columns, width);
          if (reader.kind === 'artist' && PlainArtists.takes(reader.columns)) plain = new PlainArtists(reader.columns);
          continue;
        }
        if (hasLongCell(row.cells)) {
          tally.reject(`row with a cell of more than ${LONGEST_CELL >> 10} kB`, row.line);
          continue;
        }
        if (reader.kind === 'artist') {
          const artist = artistRow(row, reader.columns, name, tally.rejections);
          if (artist && tally.areFew(row.line, 0, artist.genres?.length)) batch.artists.push(artist);
        } else {
          const track = trackRow(row, reader.columns, width, name, tally.rejections);
          if (track && tally.areFew(row.line, track.artists?.length, track.genres?.length)) batch.tracks.push(track);
        }
        tally.addRow();
        if (!tally.isFull) continue;
        yield { ...batch, rejections: tally.next() };
        batch = emptyBatch();
      }
    // Part by part, so that no more rows than these are held.
    if (batch.tracks.length + batch.artists.length === 0) continue;
    yield { ...batch, rejections: tally.rejections.take(), goesOn: true };
    batch = emptyBatch();
  }
  if (!reader) throw unreadable(file, 'is empty', 'a table');
  yield { ...batch, rejections: tally.next() };
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
