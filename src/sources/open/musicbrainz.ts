import { listInputs } from '../input.ts';
import { creditedArtists, mbidsOf, releaseUri } from '../music-ids.ts';
import type { Source } from '../source.ts';
import { type RecordingTable, readRecordings } from './recording-table.ts';

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
  read: (file, options) => readRecordings(file, TABLE, options),
};

const TABLE: RecordingTable = {
  id: 'recording_mbid',
  needed: ['artist_mbids', 'artist_credit_name', 'recording_name'],
  reader: (columns) => (cells) => {
    const name = columns.text(cells, 'recording_name');
    if (name === '') return 'row without a title';
    const release = columns.mbid(cells, 'release_mbid');
    const album = columns.text(cells, 'release_name');
    const artists = mbidsOf(columns.text(cells, 'artist_mbids'));
    return {
      name,
      artists: creditedArtists(columns.text(cells, 'artist_credit_name'), artists),
      ...(album !== '' && { album: { ...(release !== null && { uri: releaseUri(release) }), name: album } }),
    };
  },
};
