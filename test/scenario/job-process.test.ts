import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import { Library } from '../../src/library/library.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { processRunner } from '../../src/serve/job-runner.ts';
import { type JobEvent, Jobs, type JobWork } from '../../src/serve/jobs.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { cadence, wavBytes } from '../support/synthesis.ts';

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

/** Runs a job to completion. @param on called with every event */
function run(request: JobWork, on: (event: JobEvent) => void = () => {}): Promise<JobEvent> {
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

test('a model trained in another process answers at once, and queries continue meanwhile', async () => {
  const asked: Promise<unknown>[] = [];
  const ended = await run({ kind: 'train', models: ['balanced'] }, () => asked.push(engine.recommend({ n: 3 })));
  assert.equal(ended.type, 'done', ended.error ?? '');
  await Promise.all(asked);
  assert.ok(asked.length >= 2);
  assert.equal(engine.health().models.default, 'balanced');
});

test('a cancelled training leaves the models unchanged and the library unlocked', async () => {
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

test('an error of the process arrives as the same error', async () => {
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

test('a stopped analysis resumes when started again, and names the damaged files', async () => {
  const folder = join(dir, '..', 'music');
  await mkdir(folder);
  for (let i = 0; i < 6; i++)
    await writeFile(join(folder, `Ann - Song ${i}.wav`), wavBytes([cadence(i, true, 3, 22_050)], 22_050));
  await writeFile(join(folder, 'broken.wav'), 'RIFF');
  const stopped = await run({ kind: 'analyse', folder, embedding: false }, (event) => {
    if (event.type === 'progress' && event.note.endsWith('.wav')) jobs.cancel(event.id);
  });
  assert.equal(stopped.type, 'cancelled');
  const ended = await run({ kind: 'analyse', folder, embedding: false });
  assert.equal(ended.type, 'done', ended.error ?? '');
  const [, now] =
    /^Found 7 music files, (\d) analysed now\. 6 songs with an id of their own\. 1 file cannot be used\.$/.exec(
      ended.note,
    )!;
  assert.ok(Number(now) < 7, 'what was measured before is kept');
  assert.deepEqual(
    ended.damaged?.map(({ count, files }) => [count, files]),
    [[1, ['broken.wav']]],
  );
  const heard = await engine.queries.song('Ann - Song 3');
  assert.match(heard.uri, /^own-files:/);
  const { tracks, bySound } = await engine.path({
    from: heard.uri,
    to: (await engine.queries.song('Ann - Song 5')).uri,
    n: 3,
  });
  assert.deepEqual([bySound, tracks.length], [true, 3]);
  const deaf = await run({ kind: 'analyse', folder, embedding: true });
  assert.deepEqual([deaf.type, deaf.code], ['failed', 'NOT_POSSIBLE']);
});
