import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import { Library } from '../../src/library/library.ts';
import { answerPersonal, type PersonalQuery } from '../../src/listeners/personal/personal-query.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { Metrics } from '../../src/recommend/metrics.ts';
import { train } from '../../src/recommend/train.ts';
import { AnsweringPool } from '../../src/serve/answering/pool.ts';
import type { StepTime } from '../../src/serve/answering/question.ts';
import { resolveInParts } from '../../src/serve/answering/resolve-parts.ts';
import { SharedFiles } from '../../src/serve/answering/shared-files.ts';
import { LOADING, LONGEST } from '../../src/serve/answering/watch.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { withTemporary } from '../support/temporary.ts';

/** Ends a pool with its test, even if that failed: working threads keep the process alive. */
function endsWith(t: TestContext, pool: AnsweringPool): AnsweringPool {
  t.after(() => pool.close(AbortSignal.abort()));
  return pool;
}

const overloaded = (error: unknown): boolean => error instanceof SegueError && error.code === 'OVERLOADED';

/** An answer without the parts that differ between runs. */
const plain = ({ tookMs: _, ...rest }: { tookMs: number }): unknown => rest;

test('threads answer as a single engine does, pick up new models, refuse beyond the limit and finish before they end', async (t) => {
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    await train(library, { models: ['playlist-neighbours'] });
    const engine = await Engine.open(library);
    const metrics = new Metrics();
    const limits = { threads: 2, waiting: 4, patience: 60_000, engine: { ahead: 'none' } } as const;
    const pool = endsWith(t, new AnsweringPool(new SharedFiles(library), library.dir, metrics, limits));
    const { vocabulary } = (await library.dataset()).tracks;
    await pool.whenPrepared();
    const seeded = (t: number) => ({ n: 10, seeds: [{ track: vocabulary.id(t) }], model: 'playlist-neighbours' });
    for (const t of [0, 7]) {
      const [there, here] = await Promise.all([pool.ask('recommend', seeded(t)), engine.recommend(seeded(t))]);
      assert.deepEqual(plain(there), plain(here));
    }
    const personal: PersonalQuery = {
      request: { seeds: [{ track: vocabulary.id(7) }, { track: vocabulary.id(9) }], ordered: false, n: 10 },
      known: { heard: [vocabulary.id(7)], disliked: [vocabulary.id(3)], bans: [] },
      onlyNew: true,
      part: null,
      blend: {
        parts: [
          { name: 'playlist-neighbours lately', weight: 2 },
          { name: 'same artists', weight: 1 },
        ],
        recent: { lately: [[vocabulary.id(9), 0.5]], finds: [] },
      },
    };
    const list = await pool.ask('personal', personal);
    assert.equal(list.model, 'playlist-neighbours lately ×2 + same artists');
    assert.deepEqual(plain(list), plain(await answerPersonal(engine, personal)));
    const banned = list.tracks[0]!.uri;
    const bans = [{ kind: 'song', target: banned, label: '', at: 0, until: null }] as const;
    const without = await pool.ask('personal', { ...personal, known: { ...personal.known, bans } });
    assert.ok(without.tracks.length === 10 && without.tracks.every(({ uri }) => uri !== banned));
    assert.deepEqual([...pool.loaded], ['playlist-neighbours']);
    assert.equal(metrics.snapshot().counts.recommendations, 4);
    let steps: readonly StepTime[] = [];
    const asked = performance.timeOrigin + performance.now();
    const json = await pool.json('recommend', seeded(7), { heard: (told) => (steps = told) });
    const answered = performance.timeOrigin + performance.now();
    assert.deepEqual(plain(JSON.parse(Buffer.from(json).toString())), plain(await engine.recommend(seeded(7))));
    for (const name of ['queue', 'query', 'candidates playlist-neighbours', 'explain', 'recommend'])
      assert.ok(
        steps.some((step) => step.name === name),
        name,
      );
    // Two threads read the same clock, each with its own origin.
    const CLOCKS = 5;
    for (const { start, ms } of steps) assert.ok(start > asked - CLOCKS && start + ms < answered + CLOCKS);
    await assert.rejects(
      pool.ask('recommend', { model: 'nothing' }),
      (error: unknown) => error instanceof SegueError && error.code === 'UNKNOWN_MODEL',
    );

    await assert.rejects(pool.ask('recommend', { ...seeded(1), model: 'balanced' }));
    await train(library, { models: ['balanced'] });
    await pool.refresh();
    assert.equal((await pool.ask('recommend', { ...seeded(1), model: 'balanced' })).model, 'balanced');

    const { names } = (await library.dataset()).tracks;
    const text = Array.from({ length: 400 }, (_, i) => {
      const track = i % vocabulary.size;
      return i % 2 ? vocabulary.id(track) : `${names.get(track).slice(1)} ${i}`;
    }).join('\n');
    const whole = plain(await engine.queries.resolve(text, 2));
    const parts = await resolveInParts(pool, { text, suggestions: 2 });
    assert.deepEqual(plain(JSON.parse(new TextDecoder().decode(parts))), whole, 'a long list, in parts');

    // Twenty different queries at once: two run and four wait.
    const many = Array.from({ length: 20 }, (_, t) => pool.ask('recommend', seeded(t)));
    const ending = pool.close();
    const ended = await Promise.allSettled(many);
    const answers = ended.filter(({ status }) => status === 'fulfilled').length;
    assert.equal(answers, 6);
    assert.ok(ended.every((end) => end.status === 'fulfilled' || overloaded(end.reason)));
    await ending;
    assert.equal(pool.ready(), false);
  });
});

test('work whose clients have left is stopped, and the thread answers the next question', async (t) => {
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    const metrics = new Metrics();
    const limits = { threads: 1, waiting: 4, patience: 60_000, engine: {} };
    const pool = endsWith(t, new AnsweringPool(new SharedFiles(library), library.dir, metrics, limits));
    assert.deepEqual(pool.waitingFor, ['search', 'model']);
    assert.equal(pool.ready(), false);
    await pool.whenPrepared();
    assert.ok(pool.ready());
    assert.deepEqual(pool.waitingFor, []);
    const client = new AbortController();
    const text = Array.from({ length: 200 }, (_, i) => `Nobody ${i} - Nothing ${i}`).join('\n');
    const long = pool.ask('resolve', { text, suggestions: 3 }, { gone: client.signal });
    assert.equal(pool.queue.waiting, 0, 'it runs');
    client.abort();
    await assert.rejects(long, (error: unknown) => error instanceof SegueError && error.code === 'CANCELLED');
    const { matched, unmatched } = await pool.ask('resolve', { text: 'Nobody - Nothing', suggestions: 3 });
    assert.equal(matched + unmatched, 1);
    const { counts, steps } = metrics.snapshot();
    assert.equal(counts['answers stopped'], 1);
    assert.equal(steps.resolve!.count, 1, 'the long one was not finished');
    await pool.close();
  });
});

test('a pool closed after its grace period does not wait for its threads', async (t) => {
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    const limits = { threads: 1, waiting: 4, patience: 60_000, engine: {} };
    const pool = endsWith(t, new AnsweringPool(new SharedFiles(library), library.dir, new Metrics(), limits));
    // The thread has yet to open the library, so no answer can exist when the pool is closed.
    const asked = assert.rejects(
      pool.ask('models', {}),
      (error: unknown) => error instanceof SegueError && error.code === 'CANCELLED',
    );
    await pool.close(AbortSignal.abort());
    await asked;
  });
});

test('a model that loads longer than a question’s time limit costs no thread: waiting clients are refused, and the model answers once it is loaded', async (t) => {
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    await train(library, { models: ['balanced', 'playlist-neighbours'] });
    const metrics = new Metrics();
    const begun = Promise.withResolvers<void>();
    const file = Promise.withResolvers<void>();
    class SlowFiles extends SharedFiles {
      override async model(id: string): ReturnType<SharedFiles['model']> {
        if (id === 'balanced') {
          begun.resolve();
          await file.promise;
        }
        return super.model(id);
      }
    }
    const limits = { threads: 1, waiting: 4, patience: 60_000, engine: { ahead: 'none' } } as const;
    const pool = new AnsweringPool(new SlowFiles(library), library.dir, metrics, limits);
    await pool.whenPrepared();
    // Time passes only as instructed; mocked timers keep no process alive.
    const alive = setInterval(() => {}, 60_000);
    t.after(async () => {
      clearInterval(alive);
      await pool.close(AbortSignal.abort());
    });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { vocabulary } = (await library.dataset()).tracks;
    const question = { model: 'balanced', n: 5, seeds: [{ track: vocabulary.id(0) }] };
    const asked = pool.ask('recommend', question);
    await begun.promise;
    t.mock.timers.tick(LONGEST);
    await assert.rejects(asked, overloaded);
    t.mock.timers.tick(LOADING - LONGEST - 1);
    const again = pool.ask('recommend', question);
    file.resolve();
    assert.equal((await again).model, 'balanced');
    assert.deepEqual([...pool.loaded].sort(), ['balanced', 'playlist-neighbours']);
    assert.equal(metrics.snapshot().counts['threads that failed'], undefined);
    assert.equal(pool.queue.refused, 1);
  });
});
