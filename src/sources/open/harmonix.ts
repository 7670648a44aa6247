import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { numberCell } from '../cells.ts';
import { inputName, listInputs } from '../input.ts';
import type { Source } from '../source.ts';
import { readRows } from '../table.ts';
import { recordingUri } from './mbid.ts';
import { openColumns } from './open-columns.ts';

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
  async *read(file): AsyncGenerator<Batch> {
    const rejections = new Rejections();
    const rows = readRows(file, { separator: ',' });
    const column = openColumns(file, (await rows.next()).value?.cells, ['title', 'artist', 'bpm', 'musicbrainz id']);
    const tracks: TrackRow[] = [];
    for await (const { cells, line } of rows) {
      const mbid = column.mbid(cells, 'musicbrainz id');
      const name = column.text(cells, 'title');
      if (mbid === null || name === '') {
        rejections.add(
          mbid === null ? 'row without a recording id' : 'row without a title',
          `${inputName(file)}:${line}`,
        );
        continue;
      }
      const artist = column.text(cells, 'artist');
      const album = column.text(cells, 'release');
      const seconds = numberCell(column.text(cells, 'duration'));
      // "6|8" has six beats in a bar.
      const beats = Number.parseInt(column.text(cells, 'time signature'), 10);
      const genre = column.text(cells, 'genre').toLowerCase();
      tracks.push({
        uri: recordingUri(mbid),
        name,
        ...(artist !== '' && { artists: [{ name: artist }] }),
        ...(album !== '' && { album: { name: album } }),
        ...(seconds > 0 && { durationMs: Math.round(seconds * 1000) }),
        features: { tempo: numberCell(column.text(cells, 'bpm')), timeSignature: beats },
        genres: genre === '' ? [] : genre.split('/'),
      });
    }
    yield { ...emptyBatch(), tracks, rejections: rejections.take() };
  },
};
