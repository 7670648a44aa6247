import type { AudioFeature } from '../../src/dataset/audio-features.ts';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import type { OwnerRow, TrackRow } from '../../src/dataset/rows.ts';
import { Rng } from '../../src/math/rng.ts';

/**
 * Small worlds with a known answer: four communities of taste. A playlist contains most tracks of one community, so the others are the correct answer
 * to some of them. The tracks of a community share artists, albums, genres, era and sound.
 */
export const COMMUNITIES = 4;
export const TRACKS_EACH = 12;
const OWNERS_EACH = 40;
/** Number of tracks of its community that a playlist lacks. */
const MISSING = 3;

const STYLES: { title: string; genres: string[]; year: number; sound: Partial<Record<AudioFeature, number>> }[] = [
  {
    title: 'quiet acoustic evening',
    genres: ['folk', 'singer-songwriter'],
    year: 1972,
    sound: {
      energy: 0.15,
      danceability: 0.35,
      acousticness: 0.9,
      valence: 0.4,
      tempo: 88,
      loudness: -18,
      key: 0,
      mode: 1,
    },
  },
  {
    title: 'dance floor workout',
    genres: ['house', 'electropop'],
    year: 2016,
    sound: {
      energy: 0.85,
      danceability: 0.9,
      acousticness: 0.05,
      valence: 0.75,
      tempo: 125,
      loudness: -5,
      key: 5,
      mode: 1,
    },
  },
  {
    title: 'heavy metal night',
    genres: ['metal', 'thrash metal'],
    year: 1988,
    sound: {
      energy: 0.97,
      danceability: 0.3,
      acousticness: 0.01,
      valence: 0.2,
      tempo: 170,
      loudness: -4,
      key: 4,
      mode: 0,
    },
  },
  {
    title: 'jazz coffee morning',
    genres: ['jazz', 'bebop'],
    year: 1959,
    sound: {
      energy: 0.35,
      danceability: 0.55,
      acousticness: 0.75,
      valence: 0.6,
      tempo: 110,
      loudness: -14,
      key: 10,
      mode: 1,
    },
  },
];

export const titleOf = (community: number): string => STYLES[community]!.title;
export const uriOf = (community: number, i: number): string => `world:track:${community}-${i}`;
/** A track that nobody holds, with the sound of community 0. */
export const NEW_SONG = 'world:track:new';
/** A track that nobody holds, of which only the name is known. */
export const BARE_SONG = 'world:track:bare';

function track(community: number, i: number, rng: Rng): TrackRow {
  const { genres, year, sound } = STYLES[community]!;
  const artist = Math.floor(i / 4);
  const near = (value: number, spread: number): number => value + spread * (rng.uniform() - 0.5);
  const features = {
    ...sound,
    energy: Math.min(1, near(sound.energy!, 0.06)),
    valence: near(sound.valence!, 0.1),
    tempo: near(sound.tempo!, 8),
    loudness: near(sound.loudness!, 1.5),
    speechiness: near(0.05, 0.02),
    instrumentalness: near(0.2, 0.1),
    liveness: near(0.15, 0.1),
    timeSignature: 4,
  };
  return {
    uri: uriOf(community, i),
    name: `${['Song', 'Tune', 'Piece', 'Number'][community]} ${i + 1}`,
    artists: [{ uri: `world:artist:${community}-${artist}`, name: `Band ${'ABCD'[community]}${artist + 1}` }],
    album: { uri: `world:album:${community}-${artist}`, name: `Album ${'ABCD'[community]}${artist + 1}` },
    year: year + (i % 3),
    popularity: 30 + ((i * 7 + community * 5) % 40),
    explicit: false,
    durationMs: 180_000 + 5000 * i + 1000 * community,
    features,
    genres,
  };
}

/**
 * @param rated people who also give low ratings to tracks of other communities, instead of playlists
 * @param prefix makes a different catalogue of the same shape
 */
export function communities(rated: boolean, prefix = ''): Dataset {
  const rng = new Rng(2026);
  const builder = new DatasetBuilder();
  const tracks: TrackRow[] = [];
  for (let c = 0; c < COMMUNITIES; c++) for (let i = 0; i < TRACKS_EACH; i++) tracks.push(track(c, i, rng));
  const newSong = { ...track(0, 0, rng), uri: NEW_SONG, name: 'Not heard yet', durationMs: 99_000 };
  tracks.push(newSong, { uri: BARE_SONG, name: 'Nothing known' });
  const owners: OwnerRow[] = [];
  for (let o = 0; o < OWNERS_EACH * COMMUNITIES; o++) {
    const community = o % COMMUNITIES;
    const own = [...rng.sample(TRACKS_EACH, TRACKS_EACH - MISSING)].map((i) => community * TRACKS_EACH + i);
    if (!rated) {
      owners.push({ id: `world:${o}`, kind: 'playlist', title: `${titleOf(community)} ${o % 7}`, items: own });
      continue;
    }
    const others = [...rng.sample(COMMUNITIES * TRACKS_EACH, 16)].filter(
      (t) => Math.floor(t / TRACKS_EACH) !== community,
    );
    owners.push({
      id: `world:${o}`,
      kind: 'person',
      items: [...own, ...others],
      weights: [...own.map(() => 4 + rng.below(2)), ...others.map(() => 1 + rng.below(2))],
    });
  }
  builder.add({
    tracks: tracks.map((row) => ({ ...row, uri: prefix + row.uri })),
    artists: STYLES.flatMap(({ genres }, c) =>
      [0, 1, 2].map((a) => ({
        uri: `world:artist:${c}-${a}`,
        name: `Band ${'ABCD'[c]}${a + 1}`,
        genres,
        popularity: 40 + a,
      })),
    ),
    owners,
    rejections: [],
  });
  return builder.finish();
}
