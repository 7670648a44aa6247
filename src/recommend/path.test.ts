import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import { SOUND, SOUND_WIDTH } from '../dataset/sound-measures.ts';
import { Rng } from '../math/rng.ts';
import { Engine } from './engine.ts';
import { MemoryLibrary } from './memory-library.ts';

/** Songs whose sound goes from dark to bright in even steps, shuffled, and one that was not analysed. */
function world() {
  const rng = new Rng(11);
  const steps = Array.from({ length: 60 }, (_, i) => i);
  rng.shuffle(Int32Array.from(steps)).forEach((value, i) => {
    steps[i] = value;
  });
  const sound = (step: number): number[] => {
    const row = Array.from({ length: SOUND_WIDTH }, (_, i) => step / 10 + 0.1 * rng.normal() + i);
    row[SOUND.beat] = 120;
    row[SOUND.tonic] = 0;
    row[SOUND.major] = 1;
    return row;
  };
  const dataset = datasetOf([
    ...steps.map((step, n) => track(n, { name: `Step ${step}`, artists: [{ name: `A${n}` }], sound: sound(step) })),
    // By the artists of both ends of the path: by anything but sound it would be the best song for the middle.
    track(60, { name: 'Unheard', artists: [2, 57].map((step) => ({ name: `A${steps.indexOf(step)}` })) }),
  ]);
  return { dataset, uriOf: (step: number): string => dataset.tracks.vocabulary.id(steps.indexOf(step)) };
}

test('a path by sound goes in even steps from one end to the other and repeats nothing', async () => {
  const { dataset, uriOf } = world();
  const engine = await Engine.open(new MemoryLibrary(dataset));
  const { bySound, tracks } = await engine.path({ from: uriOf(2), to: uriOf(57), n: 7 });
  const steps = tracks.map(({ name }) => Number(name.slice('Step '.length)));
  assert.equal(bySound, true);
  assert.deepEqual([steps.length, steps[0], steps.at(-1), new Set(steps).size], [7, 2, 57, 7]);
  // Near an end, many songs are about equally close, so their order is not fixed.
  const [, first, second, middle, fourth, fifth] = steps as [number, number, number, number, number, number];
  assert.ok(Math.max(first, second) < 25 && middle > 20 && middle < 40 && Math.min(fourth, fifth) > 35, steps.join());
  assert.equal(tracks[0]!.similarity, 1);
  assert.equal(tracks[3]!.beat, 120);
});

test('where one end was not analysed the path goes by what else is known, and says so', async () => {
  const { dataset, uriOf } = world();
  const engine = await Engine.open(new MemoryLibrary(dataset));
  const { bySound, tracks } = await engine.path({ from: uriOf(2), to: dataset.tracks.vocabulary.id(60), n: 4 });
  assert.equal(bySound, false);
  assert.equal(tracks.at(-1)!.name, 'Unheard');
  await assert.rejects(engine.path({ from: uriOf(2), to: 'nothing' }), { code: 'UNKNOWN_TRACK' });
});
