import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { train } from '../../recommend/train.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import type { ListenerRepository } from '../repository.ts';
import { type Household, openHousehold } from './household.ts';
import { type LiveUpdate, liveUpdates } from './live.ts';
import { PersonalRecommender } from './personal-recommender.ts';

const dataset = demoDataset({ tracks: 400, playlists: 150, seed: 2 });
const song = (i: number): string => dataset.tracks.vocabulary.id(i);
const like = (i: number) => ({
  id: `e${i}`,
  kind: 'like' as const,
  song: song(i),
  title: `Song ${i}`,
  at: 1_700_000_000_000 + i,
});

async function world(
  use: (household: Household, personal: PersonalRecommender, repository: ListenerRepository) => Promise<void>,
) {
  await withTemporary(async (dir) => {
    const memory = new MemoryLibrary(dataset);
    await train(memory, { models: ['track-neighbours'] });
    const household = openHousehold(await Library.open(dir), undefined);
    await use(household, new PersonalRecommender(await Engine.open(memory), household), await household.repository());
    await household.close();
  });
}

/** Follows a listener; the next look is had when the test says so. */
function follow(household: Household, personal: PersonalRecommender, listener: string, after: number | null = null) {
  const stop = new AbortController();
  let look = (): void => {};
  let waiting: () => void = () => {};
  const updates = liveUpdates(household, personal, listener, {
    after,
    n: 10,
    signal: stop.signal,
    wait: () => {
      const next = new Promise<void>((resolve) => {
        look = resolve;
      });
      waiting();
      return next;
    },
  });
  /** Updates up to the next wait. */
  const all: LiveUpdate[] = [];
  const ended = (async () => {
    for await (const update of updates) all.push(update);
  })();
  ended.catch(() => undefined);
  const settled = (): Promise<LiveUpdate[]> =>
    new Promise<void>((resolve) => (waiting = resolve)).then(() => all.splice(0));
  const again = (): Promise<LiveUpdate[]> => {
    const next = settled();
    look();
    return next;
  };
  return { first: settled(), again, look: () => look(), stop, ended };
}

const kinds = (updates: readonly LiveUpdate[]): string[] => updates.map(({ type }) => type);
const ids = (updates: readonly LiveUpdate[]): string[] =>
  updates.flatMap((update) => (update.type === 'events' ? update.events.map(({ id }) => id) : []));

test('events arrive as they are recorded, by whichever process, and the list follows when it changes', () =>
  world(async (household, personal, repository) => {
    const { id } = await repository.listeners.add({ name: 'Ann' });
    await repository.events.record(id, [like(1)]);
    const live = follow(household, personal, id);
    assert.deepEqual(kinds(await live.first), ['events', 'list']);
    assert.deepEqual(await live.again(), [], 'nothing happened');
    await repository.events.record(id, [like(40), like(90)]);
    const next = await live.again();
    assert.deepEqual(
      [kinds(next), ids(next)],
      [
        ['events', 'list'],
        ['e40', 'e90'],
      ],
    );
    await repository.events.record(id, [{ ...like(40), id: 'saved', kind: 'save' }]);
    const saved = await live.again();
    assert.deepEqual([kinds(saved), ids(saved)], [['events'], ['saved']], 'saving changes no list');
    live.stop.abort();
    live.look();
    await live.ended;
  }));

test('whoever comes back with the last cursor gets what was missed, once', () =>
  world(async (household, personal, repository) => {
    const { id } = await repository.listeners.add({ name: 'Ann' });
    await repository.events.record(id, [like(1), like(2)]);
    const { cursor } = await repository.events.arrivals(id, null, 10);
    await repository.events.record(id, [like(3)]);
    const live = follow(household, personal, id, cursor);
    assert.deepEqual(ids(await live.first), ['e3']);
    live.stop.abort();
    live.look();
    await live.ended;
  }));

test('of more events than one update takes, all come; a list that a busy store held up comes at the next look', () =>
  world(async (household, personal, repository) => {
    const { id } = await repository.listeners.add({ name: 'Ann' });
    await repository.events.record(id, [like(0)]);
    const { cursor } = await repository.events.arrivals(id, null, 10);
    const many = Array.from({ length: 230 }, (_, i) => like(i + 1));
    await repository.events.record(id, many);
    let busy = true;
    const unsteady = Object.create(personal) as PersonalRecommender;
    unsteady.forYou = (...how) =>
      busy ? Promise.reject(new SegueError('LIBRARY_BUSY', { got: 'busy' })) : personal.forYou(...how);
    const live = follow(household, unsteady, id, cursor);
    const first = await live.first;
    assert.deepEqual(kinds(first), ['events', 'events', 'events']);
    assert.deepEqual(ids(first).sort(), many.map((event) => event.id).sort());
    busy = false;
    assert.deepEqual(kinds(await live.again()), ['list']);
    live.stop.abort();
    live.look();
    await live.ended;
  }));

test('without a list events go on, a store that is away is asked again, and a deleted listener ends it', () =>
  world(async (household, personal, repository) => {
    const { id } = await repository.listeners.add({ name: 'Ann' });
    let away = true;
    const unsteady = Object.create(household) as Household;
    unsteady.repository = () =>
      away ? Promise.reject(new SegueError('DATABASE_UNREACHABLE', { got: 'away' })) : household.repository();
    const untrained = Object.create(personal) as PersonalRecommender;
    untrained.forYou = () => Promise.reject(new SegueError('MODEL_NOT_TRAINED', { got: 'no model' }));
    const live = follow(unsteady, untrained, id);
    assert.deepEqual(await live.first, []);
    away = false;
    assert.deepEqual(kinds(await live.again()), ['events', 'problem']);
    await repository.events.record(id, [like(1)]);
    assert.deepEqual(kinds(await live.again()), ['events'], 'the same problem is said once');
    await repository.listeners.remove(id);
    live.look();
    await assert.rejects(live.ended, (error: unknown) => error instanceof SegueError && error.code === 'NOT_FOUND');
  }));
