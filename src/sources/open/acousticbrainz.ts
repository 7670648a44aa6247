import type { AudioFeature } from '../../dataset/audio-features.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { numberCell } from '../cells.ts';
import { inputName, listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import { readRows } from '../table.ts';
import { recordingUri } from './mbid.ts';
import { type OpenColumns, openColumns } from './open-columns.ts';

const TRACKS_AT_ONCE = 50_000;
const CHECK_EVERY = 1 << 14;
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
  async *read(file, { known = () => true, signal } = {}): AsyncGenerator<Batch> {
    const rejections = new Rejections();
    const rows = readRows(file, { separator: ',' });
    const column = openColumns(file, (await rows.next()).value?.cells, ['mbid']);
    const featuresOf = [tempo, key].filter((reader) => column.has(reader.column));
    if (featuresOf.length === 0)
      throw new SegueError('COLUMNS_MISSING', {
        got: `${inputName(file)} has neither a column bpm nor key_key`,
        expected: 'the table of rhythm or of tonal features',
      });
    let tracks: TrackRow[] = [];
    let n = 0;
    for await (const { cells, line } of rows) {
      if (++n % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
      const mbid = column.mbid(cells, 'mbid');
      if (mbid === null) {
        rejections.add('row without a recording id', `${inputName(file)}:${line}`);
        continue;
      }
      const uri = recordingUri(mbid);
      if (!known(uri)) continue;
      tracks.push({
        uri,
        features: Object.assign({}, ...featuresOf.map(({ read }) => read(cells, column))) as Features,
      });
      if (tracks.length === TRACKS_AT_ONCE) {
        yield { ...emptyBatch(), tracks };
        tracks = [];
      }
    }
    yield { ...emptyBatch(), tracks, rejections: rejections.take() };
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
