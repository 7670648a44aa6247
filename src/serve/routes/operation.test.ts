import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { Explorer } from '../../explore/explorer.ts';
import { Library } from '../../library/library.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import type { PartitionLag } from '../../listeners/stream-lag.ts';
import { Engine } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';
import { train } from '../../recommend/train.ts';
import { openAccess } from '../access.ts';
import { answerHere } from '../answering/question.ts';
import { buildApp } from '../app.ts';
import { Jobs } from '../jobs.ts';
import type { DriftHour } from '../monitoring/drift.ts';
import type { MinuteFigures, StepFigures } from '../monitoring/recent-minutes.ts';

interface Told {
  minutes: MinuteFigures[];
  steps: StepFigures[];
  queue: object;
  jobs: object;
  stream: PartitionLag[] | null;
  drift: { hours: DriftHour[]; compared: { measure: string; now: number | null }[] };
}

/** The lag, as another process told the store of the library in this folder; the app reads it from there. */
async function reported(dir: string): Promise<PartitionLag[]> {
  const household = openHousehold(await Library.open(dir), undefined);
  const lags = [12, 0].map((lag, partition) => ({ group: 'g', topic: 'segue.events', partition, lag, at: 5000 }));
  await (await household.repository()).streamLag.report(lags);
  await household.close();
  return lags;
}

test('requests, steps by model, queue, jobs and drift are reported; the page does not count itself', async (context) => {
  const dir = await mkdtemp(join(tmpdir(), 'segue-operation-'));
  context.after(() => rm(dir, { recursive: true, force: true }));
  const lags = await reported(dir);
  const dataset = randomDataset(3, 300, 120);
  const library = new MemoryLibrary(dataset);
  await train(library, { models: ['popularity'] });
  const engine = await Engine.open(library);
  const jobs = new Jobs(
    async () => {},
    async () => {},
  );
  const household = openHousehold(await Library.open(dir), undefined);
  const app = await buildApp(
    {
      engine,
      answers: { ...answerHere(engine), queue: { waiting: 3, limit: 64, refused: 2 } },
      explorer: new Explorer(engine),
      jobs,
      household,
      access: openAccess,
      report: async () => null,
      connected: () => Promise.reject(new Error('no connections here')),
    },
    { webRoot: join(tmpdir(), 'no-such-folder') },
  );
  context.after(async () => {
    await app.close();
    await household.close();
  });
  const told = async (): Promise<Told> => {
    const answer = await app.inject('/api/operation');
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<Told>();
  };
  const requests = ({ minutes }: Told): number => minutes.reduce((sum, minute) => sum + minute.requests, 0);
  assert.equal(requests(await told()), 0);
  await app.inject('/healthz');
  await app.inject('/metrics');
  assert.equal(requests(await told()), 0, 'checks and the page itself are not counted');

  const url = '/api/recommendations';
  const lists: string[][] = [];
  for (let i = 0; i < 4; i++) {
    const payload = { seeds: [{ track: dataset.tracks.vocabulary.id(i) }], n: 40 };
    const { tracks } = (await app.inject({ method: 'POST', url, payload })).json<{ tracks: { uri: string }[] }>();
    lists.push(tracks.map(({ uri }) => uri));
  }
  await app.inject({ method: 'POST', url, payload: { seeds: 'none' } });
  const { id } = jobs.start({ kind: 'train' });
  await jobs.ended(id);
  const now = await told();
  assert.equal(requests(now), 5);
  assert.equal(now.steps.find(({ step, model }) => step === 'candidates' && model === 'popularity')?.count, 4);
  assert.deepEqual(now.queue, { waiting: 3, limit: 64, refused: 2 });
  assert.deepEqual(now.stream, lags);
  assert.deepEqual(now.jobs, { running: 0, done: 1, failed: 0, cancelled: 0 });
  assert.equal(
    now.drift.hours.reduce((sum, hour) => sum + hour.lists, 0),
    4,
    'refused questions recommend nothing',
  );
  const held = lists
    .flat()
    .map((uri) => {
      const track = dataset.tracks.vocabulary.indexOf(uri);
      return dataset.byOwner.idx.reduce((sum, one) => sum + (one === track ? 1 : 0), 0);
    })
    .sort((a, b) => a - b);
  const hour = now.drift.hours.at(-1)!;
  if (now.drift.hours.length === 1) assert.equal(hour.heldBy, held[Math.ceil(held.length / 2) - 1]);
  assert.deepEqual(
    now.drift.compared.map(({ measure }) => measure),
    ['differentSongs', 'differentArtists', 'heldBy'],
  );
});
