import type { AudioFeature } from '../../dataset/audio-features.ts';
import { SegueError } from '../../errors.ts';
import { numberCell } from '../cells.ts';
import { listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import type { OpenColumns } from './open-columns.ts';
import { type RecordingTable, readRecordings } from './recording-table.ts';

const PITCHES = ['c', 'c#', 'd', 'd#', 'e', 'f', 'f#', 'g', 'g#', 'a', 'a#', 'b'];
const FLATS: Readonly<Record<string, string>> = { db: 'c#', eb: 'd#', gb: 'f#', ab: 'g#', bb: 'a#' };

/**
 * AcousticBrainz (ended in 2022): tempo from `…-rhythm.csv`, key and mode from `…-tonal.csv`, for recordings that the library knows by their MBID. Only these
 * have a unit of their own that other sources share. Its danceability (0–3) and the probabilities of its mood models are on scales of their own, and often
 * wrong; they are left out rather than passed off as Spotify's. https://acousticbrainz.org/download
 */
export const acousticbrainz: Source = {
  id: 'acousticbrainz',
  title: 'AcousticBrainz features',
  licence: 'CC0 1.0',
  citation: 'MetaBrainz Foundation and Universitat Pompeu Fabra, AcousticBrainz, https://acousticbrainz.org',
  expects: 'acousticbrainz-lowlevel-features-*-rhythm.csv or -tonal.csv, plain, .gz or .zst',
  options: {},
  completes: () => true,
  files: (paths) => listInputs(paths, /\.csv(\.gz|\.zst)?$/i, acousticbrainz.expects),
  read: (file, options) => readRecordings(file, TABLE, options),
};

const TABLE: RecordingTable = {
  id: 'mbid',
  needed: [],
  reader(columns) {
    const readers = [tempo, key].filter(({ column }) => columns.has(column));
    if (readers.length === 0)
      throw new SegueError('COLUMNS_MISSING', {
        got: `${columns.name} has neither a column bpm nor key_key`,
        expected: 'the table of rhythm or of tonal features',
      });
    return (cells) => ({ features: Object.assign({}, ...readers.map(({ read }) => read(cells, columns))) as Features });
  },
};

type Features = Partial<Record<AudioFeature, number>>;

const tempo = {
  column: 'bpm',
  read: (cells: readonly string[], column: OpenColumns): Features => ({ tempo: numberCell(column.text(cells, 'bpm')) }),
};

const key = {
  column: 'key_key',
  read(cells: readonly string[], column: OpenColumns): Features {
    const name = column.text(cells, 'key_key').toLowerCase();
    const pitch = PITCHES.indexOf(FLATS[name] ?? name);
    const scale = column.text(cells, 'key_scale').toLowerCase();
    return {
      key: pitch < 0 ? Number.NaN : pitch,
      mode: scale === 'major' ? 1 : scale === 'minor' ? 0 : Number.NaN,
    };
  },
};
