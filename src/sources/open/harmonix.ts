import { numberCell } from '../cells.ts';
import { listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import { type RecordingTable, readRecordings } from './recording-table.ts';

/**
 * The Harmonix set: 912 well-known songs with tempo, metre and genre, annotated by hand.
 * Nieto, McCallum, Davies, Robertson, Stark & Egozy, The Harmonix Set, ISMIR 2019. https://github.com/urinieto/harmonixset
 */
export const harmonix: Source = {
  id: 'harmonix',
  title: 'Harmonix set',
  licence: 'MIT',
  citation:
    'Nieto et al., The Harmonix Set: Beats, Downbeats, and Functional Segment Annotations of Western Popular Music, ISMIR 2019',
  expects: 'metadata.csv of the set',
  options: {},
  files: (paths) => listInputs(paths, /\.csv(\.gz)?$/i, harmonix.expects),
  read: (file, options) => readRecordings(file, TABLE, options),
};

const TABLE: RecordingTable = {
  id: 'musicbrainz id',
  needed: ['title', 'artist', 'bpm'],
  reader: (columns) => (cells) => {
    const name = columns.text(cells, 'title');
    if (name === '') return 'row without a title';
    const artist = columns.text(cells, 'artist');
    const album = columns.text(cells, 'release');
    const seconds = numberCell(columns.text(cells, 'duration'));
    const genre = columns.text(cells, 'genre').toLowerCase();
    return {
      name,
      ...(artist !== '' && { artists: [{ name: artist }] }),
      ...(album !== '' && { album: { name: album } }),
      ...(seconds > 0 && { durationMs: Math.round(seconds * 1000) }),
      features: {
        tempo: numberCell(columns.text(cells, 'bpm')),
        // "6|8" has six beats in a bar.
        timeSignature: Number.parseInt(columns.text(cells, 'time signature'), 10),
      },
      genres: genre === '' ? [] : genre.split('/'),
    };
  },
};
