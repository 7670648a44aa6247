import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Schema from '#typebox/value';
import { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';
import { asyncApi } from '../listeners/asyncapi.ts';
import { eventMessage, recommendationMessage, requestMessage } from '../listeners/messages.ts';
import { openRepository } from '../listeners/open.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { train } from '../recommend/train.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { answerRequest } from './answer.ts';
import type { Incoming } from './decode.ts';
import { recordEvents } from './event-sink.ts';
import { lagReporter } from './stream.ts';

const AT = Date.UTC(2026, 3, 1);
const dataset = demoDataset({ tracks: 600, playlists: 300, seed: 3 });
let dir: string;
let repository: ListenerRepository;
let engine: Engine;
let personal: PersonalRecommender;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segue-stream-'));
  repository = await openRepository(dir);
  await repository.listeners.add({ id: 'ann', name: 'Ann' });
  const memory = new MemoryLibrary(dataset);
  await train(memory, { models: ['track-neighbours', 'popularity'] });
  engine = await Engine.open(memory);
  const household = openHousehold(await Library.open(dir), undefined);
  personal = new PersonalRecommender(engine, household, () => AT);
  after(() => household.close());
});
after(async () => {
  await repository.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
});

let offset = 0n;
const incoming = (value: unknown, topic = 'segue.events'): Incoming => ({
  topic,
  partition: 0,
  offset: offset++,
  key: 'ann',
  value: typeof value === 'string' ? value : JSON.stringify(value),
});
const song = (t: number): string => dataset.tracks.vocabulary.id(t);
const play = (id: string, more: object = {}): object => ({
  version: 1,
  id,
  listener: 'ann',
  kind: 'play',
  song: song(1),
  at: AT,
  msPlayed: 200_000,
  ...more,
});

test('events are recorded once despite duplicates, and poison messages do not block others', async () => {
  const batch = [
    incoming(play('a')),
    incoming('{not json'),
    incoming(play('b')),
    incoming({ ...play('c'), version: 99 }),
    incoming(play('d', { kind: 'dance' })),
    incoming(play('e', { listener: 'nobody' })),
    incoming(play('a')),
  ];
  const first = await recordEvents(repository, batch);
  assert.equal(first.recorded, 2);
  assert.deepEqual(
    first.rejected.map(({ message, error }) => [
      JSON.parse(message.value.replace('{not json', '"-"')).id ?? '-',
      error.code,
    ]),
    [
      ['-', 'USAGE'],
      ['c', 'FORMAT_NEWER'],
      ['d', 'USAGE'],
      ['e', 'NOT_FOUND'],
    ],
  );
  const again = await recordEvents(repository, batch);
  assert.deepEqual([again.recorded, again.rejected.length], [0, 4]);
  assert.equal((await repository.plays.page('ann')).items.length, 2);
});

test('unknown listeners are added on request', async () => {
  const { recorded, rejected } = await recordEvents(repository, [incoming(play('z', { listener: 'new-one' }))], {
    addListeners: true,
  });
  assert.deepEqual([recorded, rejected.length], [1, 0]);
  assert.equal((await repository.listeners.get('new-one')).name, 'new-one');
});

test('an unreachable store does not make messages poison: the batch is retried', async () => {
  const broken = {
    ...repository,
    events: {
      ...repository.events,
      recordTogether: () => Promise.reject(new SegueError('DATABASE_UNREACHABLE', { got: 'gone' })),
    },
  } as ListenerRepository;
  await assert.rejects(
    recordEvents(broken, [incoming(play('f'))]),
    (e) => e instanceof SegueError && e.code === 'DATABASE_UNREACHABLE',
  );
});

const ask = (request: object) =>
  answerRequest(engine, personal, incoming({ version: 1, id: 'q', ...request }, 'segue.requests'), () => AT);
const refused = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

test('a song, seeds, a title, features and a listener are answered by the schema', async () => {
  const features = { energy: 0.5, valence: 0.5, tempo: 120 };
  for (const request of [
    { track: song(2), n: 5 },
    { seeds: [{ track: song(2) }, { track: song(3), weight: 2 }], n: 5 },
    { title: 'anything', n: 5 },
    { features, n: 5 },
    { listener: 'ann', n: 5 },
  ]) {
    const answer = await ask(request);
    assert.equal(answer.id, 'q');
    assert.equal(answer.tracks.length, 5);
    assert.ok(Schema.Check(recommendationMessage, JSON.parse(JSON.stringify(answer))));
  }
});

test('a late, ambiguous, empty or unknown request is refused with the reason', async () => {
  await assert.rejects(ask({ track: song(2), deadline: AT - 1 }), refused('DEADLINE_PASSED'));
  await assert.rejects(ask({ track: song(2), listener: 'ann' }), refused('USAGE'));
  await assert.rejects(ask({}), refused('USAGE'));
  await assert.rejects(ask({ track: song(2), surprise: true }), refused('USAGE'));
  await assert.rejects(ask({ listener: 'nobody' }), refused('NOT_FOUND'));
  await assert.rejects(ask({ track: song(2), model: 'no-such' }), refused('UNKNOWN_MODEL'));
});

test('the AsyncAPI document names every topic and carries every schema', () => {
  const document = JSON.stringify(asyncApi());
  for (const topic of ['segue.events', 'segue.requests', 'segue.recommendations', 'segue.dead-letters'])
    assert.ok(document.includes(`"address":"${topic}"`));
  for (const { $id } of [eventMessage, requestMessage] as unknown as { $id: string }[])
    assert.ok(document.includes($id));
});

test('the lag of each partition is written to the store that the server reads', async () => {
  const household = openHousehold(await Library.open(dir), undefined);
  const lags = new Map([
    [0, 12],
    [3, 0],
  ]);
  await lagReporter(household, 'segue-events', 'segue.events', () => AT)(lags);
  await household.close();
  const told = { group: 'segue-events', topic: 'segue.events', at: AT };
  assert.deepEqual(await repository.streamLag.all(), [
    { ...told, partition: 0, lag: 12 },
    { ...told, partition: 3, lag: 0 },
  ]);
});
