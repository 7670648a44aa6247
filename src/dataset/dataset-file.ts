import { SegueError } from '../errors.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import {
  type Arrays,
  type Container,
  encodeContainer,
  KIND,
  listArrays,
  readContainers,
  stringArrays,
} from './container.ts';
import { Dataset, type Provenance, type SoundTable } from './dataset.ts';
import { SOUND_VERSION, SOUND_WIDTH } from './sound-measures.ts';
import { Vocabulary } from './vocabulary.ts';

const REMEDY = 'Import its sources again';

/** The measures of a version have columns of their own: those of another are not read as these. */
const SOUND = `track.sound.${SOUND_VERSION}`;

/** A dataset as pieces of one container, to be written in order. */
export function encodeDataset(dataset: Dataset): Uint8Array[] {
  const { tracks, artists, albums, genres, owners, byOwner, times, provenance, cleaning } = dataset;
  const arrays: Arrays = {
    ...stringArrays('track.id', tracks.vocabulary.ids),
    ...stringArrays('track.name', tracks.names),
    ...listArrays('track.artists', tracks.artists),
    'track.album': tracks.album,
    'track.year': tracks.year,
    'track.popularity': tracks.popularity,
    'track.explicit': tracks.explicit,
    'track.durationMs': tracks.durationMs,
    'track.features': tracks.features,
    ...listArrays('track.genres', tracks.genres),
    'track.song': tracks.song,
    ...(tracks.sound ? { [`${SOUND}.row`]: tracks.sound.row, [`${SOUND}.values`]: tracks.sound.values } : {}),
    ...stringArrays('artist.id', artists.vocabulary.ids),
    ...stringArrays('artist.name', artists.names),
    'artist.popularity': artists.popularity,
    'artist.followers': artists.followers,
    ...listArrays('artist.genres', artists.genres),
    ...(albums.keys ? stringArrays('album.key', albums.keys) : {}),
    ...stringArrays('album.name', albums.names),
    'album.artist': albums.artist,
    ...stringArrays('genre', genres.ids),
    ...stringArrays('owner.id', owners.vocabulary.ids),
    ...stringArrays('owner.title', owners.titles),
    'owner.kind': owners.kind,
    'owner.followers': owners.followers,
    'owner.modifiedAt': owners.modifiedAt,
    'entries.ptr': byOwner.ptr,
    'entries.idx': byOwner.idx,
    ...(byOwner.values ? { 'entries.weights': byOwner.values } : {}),
    ...(times ? { 'entries.times': times } : {}),
  };
  const meta = {
    provenance,
    cleaning,
    weights: byOwner.values !== null,
    times: times !== null,
    albumKeys: albums.keys !== null,
  };
  return encodeContainer(KIND.dataset, meta, arrays);
}

/** Reads a dataset: views on one buffer, after every length, bound and checksum was checked. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function readDataset(path: string): Dataset {
  for (const container of readContainers(path, REMEDY)) {
    if (container.kind === KIND.dataset) return viewDataset(container);
  }
  throw new SegueError('FILE_UNREADABLE', { got: `${path} holds no dataset`, remedy: REMEDY });
}

function viewSound(container: Container, tracks: number): { sound?: SoundTable } {
  if (!container.arrays[`${SOUND}.values`]) return {};
  const { length } = container.array(`${SOUND}.values`, 'Float32Array');
  const rows = Math.floor(length / SOUND_WIDTH);
  return {
    sound: {
      values: container.array(`${SOUND}.values`, 'Float32Array', rows * SOUND_WIDTH),
      row: container.ids(`${SOUND}.row`, tracks, -1, rows),
    },
  };
}

function viewDataset(container: Container): Dataset {
  const trackIds = container.strings('track.id');
  const tracks = trackIds.length;
  const artistIds = container.strings('artist.id');
  const artists = artistIds.length;
  const albumNames = container.strings('album.name');
  const genres = container.strings('genre');
  const ownerIds = container.strings('owner.id');
  const owners = ownerIds.length;
  const entries = container.lists('entries', owners, tracks);
  const { meta } = container;
  return new Dataset({
    tracks: {
      count: tracks,
      vocabulary: new Vocabulary(trackIds),
      names: container.strings('track.name', tracks),
      artists: container.lists('track.artists', tracks, artists),
      album: container.ids('track.album', tracks, -1, albumNames.length),
      year: container.array('track.year', 'Int16Array', tracks),
      popularity: container.array('track.popularity', 'Int16Array', tracks),
      explicit: container.array('track.explicit', 'Int8Array', tracks),
      durationMs: container.array('track.durationMs', 'Int32Array', tracks),
      features: container.array('track.features', 'Float32Array', tracks * AUDIO_FEATURES.length),
      genres: container.lists('track.genres', tracks, genres.length),
      song: container.ids('track.song', tracks, 0, tracks),
      ...viewSound(container, tracks),
    },
    artists: {
      count: artists,
      vocabulary: new Vocabulary(artistIds),
      names: container.strings('artist.name', artists),
      popularity: container.array('artist.popularity', 'Int16Array', artists),
      followers: container.array('artist.followers', 'Int32Array', artists),
      genres: container.lists('artist.genres', artists, genres.length),
    },
    albums: {
      count: albumNames.length,
      keys: meta.albumKeys ? container.strings('album.key', albumNames.length) : null,
      names: albumNames,
      artist: container.ids('album.artist', albumNames.length, -1, artists),
    },
    genres: new Vocabulary(genres),
    owners: {
      count: owners,
      vocabulary: new Vocabulary(ownerIds),
      titles: container.strings('owner.title', owners),
      kind: container.array('owner.kind', 'Uint8Array', owners),
      followers: container.array('owner.followers', 'Int32Array', owners),
      modifiedAt: container.array('owner.modifiedAt', 'Float64Array', owners),
    },
    byOwner: {
      rows: owners,
      columns: tracks,
      ptr: entries.ptr,
      idx: entries.idx,
      values: meta.weights ? container.array('entries.weights', 'Float32Array', entries.idx.length) : null,
    },
    times: meta.times ? container.array('entries.times', 'Float64Array', entries.idx.length) : null,
    provenance: meta.provenance as Provenance[],
    cleaning: meta.cleaning as Record<string, number>,
  });
}
