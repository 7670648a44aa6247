import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import { inputName, listInputs } from '../input.ts';
import type { ReadOptions, Source } from '../source.ts';
import { readRows } from '../table.ts';
import { creditedArtists, mbidsOf, recordingUri, releaseUri } from './mbid.ts';
import { openColumns } from './open-columns.ts';

const TRACKS_AT_ONCE = 50_000;
const CHECK_EVERY = 1 << 14;

/**
 * MusicBrainz's canonical data (`canonical_musicbrainz_data.csv`, about 30 million recordings): titles, artists and albums of recordings that the library knows
 * by their MBID, or of all of them. https://musicbrainz.org/doc/Canonical_MusicBrainz_data
 */
export const musicbrainz: Source = {
  id: 'musicbrainz',
  title: 'MusicBrainz canonical data',
  licence: 'CC0 1.0',
  citation: 'MusicBrainz, https://musicbrainz.org',
  expects: 'canonical_musicbrainz_data.csv, plain, .gz or .zst',
  options: { all: 'yes: every recording becomes a track, known or not (tens of millions)' },
  completes: (options) => options.all !== 'yes',
  files: (paths) => listInputs(paths, /\.csv(\.gz|\.zst)?$/i, musicbrainz.expects),
  async *read(file, { known, signal }: ReadOptions = {}): AsyncGenerator<Batch> {
    const wanted = known ?? (() => true);
    const rejections = new Rejections();
    const name = inputName(file);
    const rows = readRows(file, { separator: ',' });
    const column = openColumns(file, (await rows.next()).value?.cells, [
      'artist_mbids',
      'artist_credit_name',
      'recording_mbid',
      'recording_name',
    ]);
    let tracks: TrackRow[] = [];
    let n = 0;
    for await (const { cells, line } of rows) {
      if (++n % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
      const mbid = column.mbid(cells, 'recording_mbid');
      const title = column.text(cells, 'recording_name');
      if (mbid === null || title === '') {
        rejections.add(mbid === null ? 'row without a recording id' : 'row without a title', `${name}:${line}`);
        continue;
      }
      const uri = recordingUri(mbid);
      if (!wanted(uri)) continue;
      const release = column.mbid(cells, 'release_mbid');
      const album = column.text(cells, 'release_name');
      tracks.push({
        uri,
        name: title,
        artists: creditedArtists(column.text(cells, 'artist_credit_name'), mbidsOf(column.text(cells, 'artist_mbids'))),
        ...(album !== '' && { album: { ...(release !== null && { uri: releaseUri(release) }), name: album } }),
      });
      if (tracks.length === TRACKS_AT_ONCE) {
        yield { ...emptyBatch(), tracks };
        tracks = [];
      }
    }
    yield { ...emptyBatch(), tracks, rejections: rejections.take() };
  },
};
