import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { randomDataset } from '../../test/support/small-dataset.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { memoryUse } from '../math/kernels/memory.ts';
import { Engine } from './engine.ts';
import { MemoryLibrary } from './memory-library.ts';
import type { RecommendRequest, RecommendResponse } from './request.ts';
import { train } from './train.ts';

const MODELS = ['als', 'spectral', 'ease', 'balanced', 'clusters'];

/** A dataset with its trained models, and the answers of each. */
interface World {
  readonly dataset: Dataset;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly answers: ReadonlyMap<string, string>;
  /** Kernel memory of all of its models, in bytes. */
  readonly bytes: number;
}

/** A library whose files arrive late, so that queries overlap with swaps; `gate` delays them for as long as it is set. */
class SlowLibrary extends MemoryLibrary {
  gate: Promise<void> | null = null;

  override async loadModel(id: string): Promise<Uint8Array | null> {
    const bytes = await super.loadModel(id);
    await turn();
    await this.gate;
    return bytes;
  }

  async become({ dataset, files }: World): Promise<void> {
    this.replace(dataset);
    for (const [id, bytes] of files) await this.saveModel(id, bytes);
  }
}

const question = (model: string): RecommendRequest => ({
  model,
  seeds: [1, 2, 5].map((t) => ({ track: `test:track:${t}` })),
  n: 15,
});
const listOf = ({ tracks }: RecommendResponse): string => JSON.stringify(tracks.map(({ uri, score }) => [uri, score]));

async function worldOf(seed: number): Promise<World> {
  const dataset = randomDataset(seed, 300, 120);
  const library = new MemoryLibrary(dataset);
  await train(library, { models: MODELS });
  const files = new Map<string, Uint8Array>();
  for (const id of MODELS) files.set(id, (await library.loadModel(id))!);
  const empty = memoryUse().inUse;
  const engine = await Engine.open(library);
  const answers = new Map<string, string>();
  for (const model of MODELS) answers.set(model, listOf(await engine.recommend(question(model))));
  const bytes = memoryUse().inUse - empty;
  await engine.close();
  assert.equal(memoryUse().inUse, empty, 'a closed engine has freed everything');
  return { dataset, files, answers, bytes };
}

let worlds: World[];
before(async () => {
  worlds = [await worldOf(3), await worldOf(4)];
  for (const { bytes } of worlds) assert.ok(bytes > 50_000, `${bytes} bytes`);
  assert.notEqual(worlds[0]!.answers.get('als'), worlds[1]!.answers.get('als'));
});

test('swaps with questions in flight: each is answered by the generation that it met, two generations are held at most, all is freed', async () => {
  const empty = memoryUse().inUse;
  const most = 2 * Math.max(...worlds.map(({ bytes }) => bytes));
  const library = new SlowLibrary(worlds[0]!.dataset);
  await library.become(worlds[0]!);
  const engine = await Engine.open(library, { ahead: 'none', lookEvery: Number.POSITIVE_INFINITY });
  const asked: Promise<void>[] = [];
  let largest = 0;
  const ask = (model: string, { answers }: World): void => {
    asked.push(
      engine.recommend(question(model)).then((answer) => {
        largest = Math.max(largest, memoryUse().inUse - empty);
        assert.equal(listOf(answer), answers.get(model));
      }),
    );
  };
  for (let swap = 1; swap <= 40; swap++) {
    const now = worlds[(swap - 1) % 2]!;
    for (const model of MODELS) ask(model, now);
    await library.become(worlds[swap % 2]!);
    const refreshed = engine.refresh();
    for (const model of MODELS) ask(model, now);
    await refreshed;
    largest = Math.max(largest, memoryUse().inUse - empty);
  }
  await Promise.all(asked);
  assert.equal(asked.length, 400);
  assert.ok(largest > most / 4 && largest <= most, `${largest} bytes at most, two generations have ${most}`);
  await engine.close();
  assert.equal(memoryUse().inUse, empty);
});

test('a third generation waits for the last question to the first one', async () => {
  const empty = memoryUse().inUse;
  const library = new SlowLibrary(worlds[0]!.dataset);
  await library.become(worlds[0]!);
  const engine = await Engine.open(library, { ahead: 'none', lookEvery: Number.POSITIVE_INFINITY });
  let open = (): void => {};
  library.gate = new Promise((resolve) => {
    open = resolve;
  });
  const first = engine.recommend(question('als'));
  await library.become(worlds[1]!);
  await engine.refresh();
  assert.equal(engine.current.dataset, worlds[1]!.dataset);
  await library.become(worlds[0]!);
  let taken = false;
  const third = engine.refresh().then(() => {
    taken = true;
  });
  for (let i = 0; i < 50; i++) await turn();
  assert.equal(taken, false);
  assert.equal(engine.current.dataset, worlds[1]!.dataset);
  open();
  assert.equal(listOf(await first), worlds[0]!.answers.get('als'));
  await third;
  assert.equal(engine.current.dataset, worlds[0]!.dataset);
  await engine.close();
  assert.equal(memoryUse().inUse, empty);
});

test('models that a swap leaves as they are stay loaded, and are freed with the last generation that holds them', async () => {
  const empty = memoryUse().inUse;
  const library = new MemoryLibrary(worlds[0]!.dataset);
  for (const [id, bytes] of worlds[0]!.files) await library.saveModel(id, bytes);
  const engine = await Engine.open(library, { lookEvery: Number.POSITIVE_INFINITY });
  await engine.warmUp();
  for (let i = 0; i < 5; i++) {
    const kept = engine.current.models.peek('als');
    await library.saveModel('ease', worlds[0]!.files.get('ease')!);
    await engine.refresh();
    assert.equal(engine.current.models.peek('als'), kept);
    assert.equal(listOf(await engine.recommend(question('als'))), worlds[0]!.answers.get('als'));
  }
  await engine.close();
  assert.equal(memoryUse().inUse, empty);
});
