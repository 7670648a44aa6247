import { AUDIO_FEATURES, type AudioFeature } from '../../dataset/audio-features.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { numberCell, textCell, yearCell } from '../cells.ts';
import { inputName, listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import { readRows } from '../table.ts';

const TRACKS_AT_ONCE = 20_000;
/** Rows of column names above the first track. */
const MOST_HEADERS = 6;

/**
 * The Free Music Archive's metadata: 106,574 tracks under Creative Commons licences, 13,129 of them with Echo Nest's audio features, the predecessors
 * of Spotify's. Defferrard, Benzi, Vandergheynst & Bresson, FMA: A Dataset for Music Analysis, ISMIR 2017. https://github.com/mdeff/fma
 */
export const fma: Source = {
  id: 'fma',
  title: 'Free Music Archive',
  licence: 'CC BY 4.0 (metadata; each recording under its own Creative Commons licence)',
  citation: 'Defferrard, Benzi, Vandergheynst & Bresson, FMA: A Dataset for Music Analysis, ISMIR 2017',
  expects: 'fma_metadata.zip, or tracks.csv and echonest.csv from it',
  options: {},
  files: (paths) => listInputs(paths, /(^|\/)(tracks|echonest)\.csv(\.gz)?$/i, fma.expects),
  async *read(file, { signal } = {}): AsyncGenerator<Batch> {
    const rejections = new Rejections();
    const levels: (readonly string[])[] = [];
    let rowOf: ((cells: readonly string[]) => TrackRow | null) | null = null;
    let tracks: TrackRow[] = [];
    for await (const { cells, line } of readRows(file, { separator: ',' })) {
      if (!/^\d+$/.test(cells[0]?.trim() ?? '')) {
        if (rowOf) rejections.add('row without a track number', `${inputName(file)}:${line}`);
        else if (levels.push(cells) > MOST_HEADERS) throw foreign(file);
        continue;
      }
      rowOf ??= readerOf(file, levels);
      const row = rowOf(cells);
      if (row) tracks.push(row);
      else rejections.add('row without a title', `${inputName(file)}:${line}`);
      if (tracks.length === TRACKS_AT_ONCE) {
        throwIfCancelled(signal, 'The import');
        yield { ...emptyBatch(), tracks };
        tracks = [];
      }
    }
    if (!rowOf) throw foreign(file);
    yield { ...emptyBatch(), tracks, rejections: rejections.take() };
  },
};

const foreign = (file: string): SegueError =>
  new SegueError('COLUMNS_MISSING', {
    got: `${inputName(file)} is neither the table of tracks nor that of Echo Nest features`,
    expected: 'rows of column names, then one row per track that begins with its number',
    remedy: 'Name tracks.csv and echonest.csv of fma_metadata.zip',
  });

/** A table's columns are named in several rows, one a level: `track`, `title`. */
function readerOf(file: string, levels: readonly (readonly string[])[]): (cells: readonly string[]) => TrackRow | null {
  const width = Math.max(...levels.map((cells) => cells.length), 0);
  const names = Array.from({ length: width }, (_, c) =>
    levels
      .map((cells) => cells[c]?.trim().toLowerCase() ?? '')
      .filter((name) => name !== '')
      .join('.'),
  );
  const at = (name: string): number => names.indexOf(name);
  if (at('track.title') >= 0) return (cells) => metadataOf(cells, at);
  const features = AUDIO_FEATURES.map(({ id }) => ({ id, column: at(`echonest.audio_features.${id}`) })).filter(
    ({ column }) => column >= 0,
  );
  if (features.length === 0) throw foreign(file);
  return (cells) => {
    const found: Partial<Record<AudioFeature, number>> = {};
    for (const { id, column } of features) found[id] = numberCell(cells[column] ?? '');
    return { uri: uriOf(cells), features: found };
  };
}

function metadataOf(cells: readonly string[], at: (name: string) => number): TrackRow | null {
  const text = (name: string): string | undefined => textCell(cells[at(name)] ?? '');
  const name = text('track.title');
  if (name === undefined) return null;
  const artist = text('artist.name');
  const album = text('album.title');
  const genre = text('track.genre_top')?.toLowerCase();
  const year = yearCell(text('album.date_released') ?? '');
  const seconds = numberCell(text('track.duration') ?? '');
  return {
    uri: uriOf(cells),
    name,
    ...(artist !== undefined && { artists: [{ uri: idOf('artist', text('artist.id')), name: artist }] }),
    ...(album !== undefined && { album: { uri: idOf('album', text('album.id')), name: album } }),
    ...(year > 0 && { year }),
    ...(seconds > 0 && { durationMs: Math.round(seconds * 1000) }),
    genres: genre === undefined ? [] : genre.split(' / '),
  };
}

const uriOf = (cells: readonly string[]): string => `fma:${cells[0]!.trim()}`;
const idOf = (kind: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `fma:${kind}:${id}`;
