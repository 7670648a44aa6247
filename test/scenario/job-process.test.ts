import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import { Library } from '../../src/library/library.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { processRunner } from '../../src/serve/job-runner.ts';
import { type JobEvent, type JobRequest, Jobs } from '../../src/serve/jobs.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';

const dir = join(mkdtempSync(join(tmpdir(), 'segue-jobs-')), 'library');
let library: Library;
let engine: Engine;
let jobs: Jobs;

before(async () => {
  library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
  engine = await Engine.open(library);
  jobs = new Jobs(processRunner(dir), () => engine.refresh());
});

/** Runs a job to its end. @param on called with every event */
function run(request: JobRequest, on: (event: JobEvent) => void = () => {}): Promise<JobEvent> {
  const { id } = jobs.start(request);
  return new Promise((resolve) => {
    const stop = jobs.watch(id, (event) => {
      on(event);
      if (event.type === 'progress') return;
      stop();
      resolve(event);
    });
  });
}

test('a model that is trained in another process answers at once, while questions went on', async () => {
  const asked: Promise<unknown>[] = [];
  const ended = await run({ kind: 'train', models: ['balanced'] }, () => asked.push(engine.recommend({ n: 3 })));
  assert.equal(ended.type, 'done', ended.error ?? '');
  await Promise.all(asked);
  assert.ok(asked.length >= 2);
  assert.equal(engine.health().models.default, 'balanced');
});

test('a cancelled training leaves the models as they were, and the library free', async () => {
  const saved = await library.listModels();
  const ended = await run(
    { kind: 'train', models: ['als'], set: { als: { iterations: 100, factors: 256 } } },
    (event) => {
      if (event.type === 'progress' && event.model === 'als') jobs.cancel(event.id);
    },
  );
  assert.equal(ended.type, 'cancelled');
  assert.deepEqual(await library.listModels(), saved);
});

test('what the process refuses arrives as the same error', async () => {
  const ended = await run({ kind: 'train', models: ['nonsense'] });
  assert.equal(ended.type, 'failed');
  assert.match(ended.error!, /There is no model "nonsense"/);
  const evaluated = await run({ kind: 'evaluate', models: ['popularity'], options: { nonsense: 1 } });
  assert.equal(evaluated.type, 'failed');
  assert.throws(
    () => jobs.get('job-99'),
    (error) => error instanceof SegueError && error.code === 'NOT_FOUND',
  );
});
