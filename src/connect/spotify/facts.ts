import { SegueError } from '../../errors.ts';
import { type Answer, numberOf, recordOf, recordsIn, textIn } from '../answers.ts';
import { FACT_COLUMNS, type Fact, type FactKind, type FactProvider } from '../facts/facts.ts';
import type { SpotifyClient } from './client.ts';
import type { Learned } from './learned.ts';

/** Ids that a call takes. */
const BATCH = { features: 100, tracks: 50, artists: 50 } as const;
const PATHS = { features: '/audio-features', tracks: '/tracks', artists: '/artists' } as const;
const LISTS = { features: 'audio_features', tracks: 'tracks', artists: 'artists' } as const;

/** Facts from Spotify: by the batch for applications that still may, songs and artists one by one for the others. */
export const spotifyFacts = (client: SpotifyClient, learned: Learned): FactProvider => ({
  batch: BATCH,
  async lookUp(kind, ids, signal) {
    const what = kind === 'features' ? 'features' : 'batches';
    const answer = await learned.unlessRefused(what, () => client.get(PATHS[kind], { ids: ids.join(',') }, signal));
    if (answer) return byId(kind, recordsIn(answer[LISTS[kind]]));
    if (kind === 'features')
      throw new SegueError('NOT_POSSIBLE', {
        got: learned.because('features') ?? 'Spotify gives no audio features',
        remedy: 'Use --from reccobeats',
      });
    const one = async (id: string): Promise<Answer | null> => {
      try {
        return await client.get(`${PATHS[kind]}/${encodeURIComponent(id)}`, {}, signal);
      } catch (error) {
        if (error instanceof SegueError && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    };
    const found: Answer[] = [];
    for (const id of ids) found.push(...[await one(id)].filter((record) => record !== null));
    return byId(kind, found);
  },
});

function byId(kind: FactKind, records: readonly Answer[]): Map<string, Fact> {
  return new Map(
    records.flatMap((record): [string, Fact][] => {
      const id = textIn(record.id);
      return id === '' ? [] : [[id, factOf(kind, record)]];
    }),
  );
}

function factOf(kind: FactKind, record: Answer): Fact {
  if (kind === 'features') return numbers(record, FACT_COLUMNS.features);
  const name = textIn(record.name);
  if (kind === 'artists')
    return {
      name,
      genres: Array.isArray(record.genres) ? record.genres.map(textIn).join('; ') : '',
      ...numbers(record, ['popularity']),
      ...numbers({ followers: recordOf(record.followers)?.total }, ['followers']),
    };
  const album = recordOf(record.album);
  return {
    name,
    artists: recordsIn(record.artists)
      .map((artist) => textIn(artist.name))
      .join('; '),
    album: textIn(album?.name),
    release_date: textIn(album?.release_date),
    ...(typeof record.explicit === 'boolean' && { explicit: record.explicit }),
    ...numbers(record, ['popularity', 'duration_ms']),
    isrc: textIn(recordOf(record.external_ids)?.isrc),
  };
}

const numbers = (record: Answer, names: readonly string[]): Fact =>
  Object.fromEntries(
    names.flatMap((name): [string, number][] => {
      const value = numberOf(record[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
