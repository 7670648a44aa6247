import { ACOUSTICBRAINZ_MEASURES, type AcousticbrainzMeasure } from '../../dataset/acousticbrainz-measures.ts';
import type { AudioFeature } from '../../dataset/audio-features.ts';
import { SegueError } from '../../errors.ts';
import { numberCell } from '../cells.ts';
import { listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import { readHighLevel } from './high-level.ts';
import type { OpenColumns } from './open-columns.ts';
import { type RecordingTable, readRecordings } from './recording-table.ts';

const PITCHES = ['c', 'c#', 'd', 'd#', 'e', 'f', 'f#', 'g', 'g#', 'a', 'a#', 'b'];
const FLATS: Readonly<Record<string, string>> = { db: 'c#', eb: 'd#', gb: 'f#', ab: 'g#', bb: 'a#' };

/** Tables by a column that each has alone. */
const TABLES = ['bpm', 'key_key', 'average_loudness'] as const;
const ARCHIVE = /\.tar(\.gz|\.zst)?$/i;

/**
 * AcousticBrainz (ended in 2022), for recordings that the library knows by their MBID: the tables `…-rhythm.csv`, `…-tonal.csv` and `…-lowlevel.csv`, and the
 * archive of high-level documents. Tempo, key and mode have a unit that other sources share; everything else stays in columns of its own
 * (`ACOUSTICBRAINZ_MEASURES`), for its scales are its own and its models often wrong. https://acousticbrainz.org/download
 */
export const acousticbrainz: Source = {
  id: 'acousticbrainz',
  title: 'AcousticBrainz features',
  licence: 'CC0 1.0',
  citation: 'MetaBrainz Foundation and Universitat Pompeu Fabra, AcousticBrainz, https://acousticbrainz.org',
  expects:
    'acousticbrainz-lowlevel-features-*-{rhythm,tonal,lowlevel}.csv, plain, .gz or .zst, or acousticbrainz-highlevel-json-*.tar.zst',
  options: {},
  completes: () => true,
  files: (paths) => listInputs(paths, /\.csv(\.gz|\.zst)?$|\.tar(\.gz|\.zst)?$/i, acousticbrainz.expects),
  read: (file, options) =>
    ARCHIVE.test(file) ? readHighLevel(file, rowOf, options) : readRecordings(file, TABLE, options),
};

const TABLE: RecordingTable = {
  id: 'mbid',
  needed: [],
  reader(columns) {
    if (!TABLES.some((column) => columns.has(column)))
      throw new SegueError('COLUMNS_MISSING', {
        got: `${columns.name} has no column ${TABLES.join(', ')}`,
        expected: 'the table of rhythm, tonal or low-level features',
      });
    const measures = ACOUSTICBRAINZ_MEASURES.map(({ id }) => id).filter((id) => columns.has(id));
    return (cells) => {
      const own = measures.map((id) => [id, numberCell(columns.text(cells, id))]);
      return {
        features: { ...tempoOf(cells, columns), ...keyOf(cells, columns) },
        ...(measures.length > 0 && { acousticbrainz: rowOf(Object.fromEntries(own)) }),
      };
    };
  },
};

/** A row in the order of the measures. */
const rowOf = (measures: Partial<Record<AcousticbrainzMeasure, number>>): number[] =>
  ACOUSTICBRAINZ_MEASURES.map(({ id }) => measures[id] ?? Number.NaN);

type Features = Partial<Record<AudioFeature, number>>;

const tempoOf = (cells: readonly string[], columns: OpenColumns): Features =>
  columns.has('bpm') ? { tempo: numberCell(columns.text(cells, 'bpm')) } : {};

function keyOf(cells: readonly string[], columns: OpenColumns): Features {
  if (!columns.has('key_key')) return {};
  const name = columns.text(cells, 'key_key').toLowerCase();
  const pitch = PITCHES.indexOf(FLATS[name] ?? name);
  const scale = columns.text(cells, 'key_scale').toLowerCase();
  return {
    key: pitch < 0 ? Number.NaN : pitch,
    mode: scale === 'major' ? 1 : scale === 'minor' ? 0 : Number.NaN,
  };
}
