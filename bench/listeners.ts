import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { playId } from '../src/listeners/keys.ts';
import { openRepository } from '../src/listeners/open.ts';
import type { NewPlay } from '../src/listeners/plays.ts';
import type { ListenerRepository } from '../src/listeners/repository.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, type Line, lineOf, quantile } from './harness.ts';

const BATCH = 5000;
const ROUNDS = 60;
const GOAL = 50;
/** Plays and distinct songs of each listener: a shop that plays music all day, and four people. */
const HOUSEHOLD = [
  { plays: 3_000_000, songs: 80_000 },
  ...Array.from({ length: 4 }, () => ({ plays: 500_000, songs: 20_000 })),
] as const;
const WORDS = 'night summer river golden dancing broken silver heart road fire ocean blue velvet morning ghost'.split(
  ' ',
);
const START = Date.UTC(2010, 0, 1);
const SPAN = 16 * 365 * 86_400_000;

function* history({ plays, songs }: (typeof HOUSEHOLD)[number], rng: Rng): Generator<NewPlay[]> {
  const titles = Array.from({ length: songs }, (_, song) => {
    const words = [0, 1, 2].map(() => WORDS[rng.below(WORDS.length)]!);
    return {
      title: `${words.join(' ')} ${song}`,
      artists: [`Artist ${rng.below(songs >> 3)}`],
      album: `Album ${song >> 3}`,
    };
  });
  for (let first = 0; first < plays; first += BATCH)
    yield Array.from({ length: Math.min(BATCH, plays - first) }, (_, i) => {
      const song = Math.floor(songs * rng.uniform() ** 3);
      const at = START + Math.floor(((first + i) / plays) * SPAN);
      const key = `spotify:track:${String(song).padStart(22, '0')}`;
      const skipped = rng.uniform() < 0.1;
      return {
        id: playId(key, at),
        song: key,
        ...titles[song]!,
        at,
        msPlayed: skipped ? 5000 : 200_000,
        skipped,
        source: 'bench',
      };
    });
}

/** Every query that the page sends to the store, by name. */
function questions(repository: ListenerRepository, id: string, rng: Rng): Record<string, () => Promise<unknown>> {
  const { plays, songs, opinions, lists, bans, listeners, events } = repository;
  const moment = (): string =>
    Buffer.from(JSON.stringify([START + Math.floor(rng.uniform() * SPAN), 0])).toString('base64url');
  const word = (): string => WORDS[rng.below(WORDS.length)]!;
  return {
    'history, first page': () => plays.page(id),
    'history, any page': () => plays.page(id, { after: moment() }),
    'history, a common word': () => plays.page(id, { search: word() }),
    'history, a common word, any page': () => plays.page(id, { search: word(), after: moment() }),
    'history, one artist': () => plays.page(id, { search: `artist ${rng.below(2000)}` }),
    'history, nothing fits': () => plays.page(id, { search: 'zanzibar' }),
    'history of one song': () => plays.page(id, { song: `spotify:track:${String(rng.below(50)).padStart(22, '0')}` }),
    'songs, most played': () => songs.page(id),
    'songs, last played': () => songs.page(id, { order: 'last-played' }),
    'songs, searched': () => songs.page(id, { search: `${word()} ${rng.below(90)}` }),
    'plays of the last weeks, for a profile': () => songs.heardSince(id, START + SPAN - 60 * 86_400_000),
    likes: () => opinions.page(id, 'like'),
    'likes, searched': () => opinions.page(id, 'like', { search: word() }),
    lists: () => lists.page(id, { search: word() }),
    bans: () => bans.active(id),
    events: () => events.page(id),
    'hours of a year': () => plays.hours(id, { from: START, to: START + SPAN / 16 }),
    counts: () => listeners.counts(id),
    'a play is added': () => {
      const at = START + SPAN + rng.below(1_000_000_000);
      const song = `spotify:track:${String(rng.below(1000)).padStart(22, '0')}`;
      return events.record(id, [{ id: playId(song, at), kind: 'play', song, at }]);
    },
  };
}

async function fill(repository: ListenerRepository, seed: number, say: (text: string) => void): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, person] of HOUSEHOLD.entries()) {
    const { id } = await repository.listeners.add({ name: `Person ${i}` });
    ids.push(id);
    let done = 0;
    for (const batch of history(person, new Rng(seed + i))) {
      await repository.plays.add(id, batch);
      done += batch.length;
      if (done % 500_000 === 0) say(`person ${i + 1} of ${HOUSEHOLD.length}: ${done.toLocaleString('en')} plays`);
    }
    const liked = (await repository.songs.page(id, { limit: 1000 })).items;
    await repository.opinions.set(
      id,
      liked.map((song, n) => ({ ...song, kind: 'like', at: START + n })),
    );
    for (let n = 0; n < 200; n++)
      await repository.lists.save(id, {
        id: `list-${n}`,
        name: `${WORDS[n % WORDS.length]} ${n}`,
        songs: liked.slice(0, 50),
      });
  }
  return ids;
}

export const listenersBench: Bench = {
  id: 'listeners',
  title: 'The store of listeners with 5 million plays (goal: every query of the page ≤ 50 ms)',
  heavy: true,
  async run({ seed, say, values }) {
    const dir = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const url = values[0];
    const repository = await openRepository(dir, url);
    try {
      const start = performance.now();
      const ids = await fill(repository, seed, say);
      const total = HOUSEHOLD.reduce((sum, { plays }) => sum + plays, 0);
      const took = performance.now() - start;
      const lines: Line[] = [];
      const rng = new Rng(seed);
      for (const [person, label] of [
        [0, '3 M plays'],
        [1, '500,000 plays'],
      ] as const) {
        for (const [what, ask] of Object.entries(questions(repository, ids[person]!, rng))) {
          const times: number[] = [];
          for (let round = -3; round < ROUNDS; round++) {
            const began = performance.now();
            await ask();
            if (round >= 0) times.push(performance.now() - began);
          }
          const p99 = quantile(times, 0.99);
          lines.push(
            lineOf(`${label}: ${what}`, times, {
              rate: `p99 ${p99.toFixed(1)} ms`,
              goal: { text: `≤ ${GOAL} ms`, met: p99 <= GOAL },
            }),
          );
        }
      }
      if (!url) lines.push(await limit(dir, rng));
      const size = url ? Number.NaN : (await stat(join(dir, 'listeners.db'))).size;
      lines.push(
        lineOf(`filling, ${total.toLocaleString('en')} plays`, [took], {
          rate: `${Math.round((total / took) * 1000).toLocaleString('en')} plays/s`,
          quality: url ? repository.kind : `${(size / 1e9).toFixed(2)} GB`,
        }),
      );
      return lines;
    } finally {
      for (const { id } of await repository.listeners.all()) if (url) await repository.listeners.remove(id);
      await repository.close();
      await rm(dir, { recursive: true, force: true });
    }
  },
};

/** SQLite's minimum for this: reading fifty rows by number. */
async function limit(dir: string, rng: Rng): Promise<Line> {
  const database = new DatabaseSync(join(dir, 'listeners.db'), { readOnly: true });
  const statement = database.prepare('select * from plays where no between ? and ? + 49');
  const times = Array.from({ length: ROUNDS }, () => {
    const first = 1 + rng.below(4_000_000);
    const began = performance.now();
    statement.all(first, first);
    return performance.now() - began;
  });
  database.close();
  return lineOf('limit: 50 rows by number', times);
}
