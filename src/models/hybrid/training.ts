import type { Dataset } from '../../dataset/dataset.ts';
import type { FitContext } from '../model.ts';
import { step } from '../progress.ts';
import { RANKER_DEFAULTS, type RankingData, type TrainedRanker, trainRanker } from '../ranker/train.ts';
import type { HybridCatalogue } from './catalogue.ts';
import type { HybridConfig } from './config.ts';
import { Evidence } from './evidence.ts';
import { COLUMNS, Features } from './features.ts';
import { questionOf } from './questions.ts';
import { fitViews } from './views.ts';

/** Share of the work that goes into questions; the rest grows trees. */
const ASKING = 0.6;

export interface TrainedHybrid {
  readonly ranker: TrainedRanker;
  readonly questions: number;
  readonly rows: number;
  /** Share of the true tracks that were among the candidates. */
  readonly recall: number;
}

/**
 * Trains the ranker by cross-fitting: owners are dealt into folds, and each fold's questions are answered by retrievers that never saw the fold.
 * Every true track among the candidates is kept, and a random sample of the others.
 * @throws SegueError CANCELLED
 */
export async function trainHybrid(
  dataset: Dataset,
  catalogue: HybridCatalogue,
  config: HybridConfig,
  context: FitContext,
): Promise<TrainedHybrid> {
  const sampler = context.rng.fork('questions');
  const { count } = dataset.owners;
  const order = sampler.sample(count, count);
  const asked = order.subarray(0, Math.min(count, config.maxQuestions));
  const rows = new RowStore(COLUMNS.length);
  let done = 0;
  let truths = 0;
  for (let fold = 0; fold < config.folds; fold++) {
    const held = asked.filter((_, i) => i % config.folds === fold);
    const isHeld = new Uint8Array(count);
    for (const owner of held) isHeld[owner] = 1;
    const rest = order.filter((owner) => isHeld[owner] === 0).sort();
    const train = dataset.withOwners(rest);
    const features = new Features(new Evidence(train, catalogue, await fitViews(train, context)));
    for (const owner of held) {
      if (done++ % 25 === 0)
        await step(context, 'hybrid', (ASKING * done) / asked.length, `question ${done} of ${asked.length}`);
      for (let repeat = 0; repeat < config.questionsPerOwner; repeat++) {
        const question = questionOf(dataset, owner, sampler);
        if (!question) continue;
        truths += question.truth.size;
        const candidates = features.build(question.query, new Set(question.query.seeds));
        rows.addGroup(features, candidates, question.truth, config.negatives / Math.max(1, candidates), sampler);
      }
    }
  }
  const data = rows.finish();
  await step(context, 'hybrid', ASKING, 'growing trees');
  const ranker = trainRanker(
    data,
    null,
    {
      ...RANKER_DEFAULTS,
      objective: 'lambdarank',
      rounds: config.trees,
      learningRate: config.learningRate,
      leaves: config.leaves,
      columnShare: 0.4,
      queryShare: 0.8,
      l2: 5,
      maxBins: 64,
      truncation: 100,
      patience: 0,
    },
    {
      rng: context.rng.fork('ranker'),
      signal: context.signal,
      onProgress: (fraction, note) => context.onProgress?.(ASKING + (1 - ASKING) * fraction, note),
    },
  );
  return {
    ranker,
    questions: data.groups.length - 1,
    rows: data.labels.length,
    recall: truths > 0 ? rows.positives / truths : 0,
  };
}

/** Ranking rows that grow by doubling. */
export class RowStore {
  positives = 0;
  private readonly columns: number;
  private features: Float32Array;
  private labels: Float32Array;
  private readonly groups: number[] = [0];
  private count = 0;

  constructor(columns: number) {
    this.columns = columns;
    this.features = new Float32Array(columns << 14);
    this.labels = new Float32Array(1 << 14);
  }

  /** @param share of the candidates that are no answer which is kept */
  addGroup(
    { candidates, rows }: Features,
    n: number,
    truth: ReadonlySet<number>,
    share: number,
    rng: { uniform(): number },
  ): void {
    const start = this.count;
    const before = this.positives;
    for (let i = 0; i < n; i++) {
      const hit = truth.has(candidates.tracks[i]!);
      if (!hit && rng.uniform() >= share) continue;
      this.reserve();
      this.features.set(rows.subarray(i * this.columns, (i + 1) * this.columns), this.count * this.columns);
      this.labels[this.count++] = hit ? 1 : 0;
      if (hit) this.positives++;
    }
    // A question without a reachable answer teaches nothing.
    if (this.positives === before) this.count = start;
    else this.groups.push(this.count);
  }

  finish(): RankingData {
    return {
      features: this.features.subarray(0, this.count * this.columns),
      columns: this.columns,
      labels: this.labels.subarray(0, this.count),
      groups: Int32Array.from(this.groups),
    };
  }

  private reserve(): void {
    if (this.count < this.labels.length) return;
    const features = new Float32Array(this.features.length * 2);
    features.set(this.features);
    this.features = features;
    const labels = new Float32Array(this.labels.length * 2);
    labels.set(this.labels);
    this.labels = labels;
  }
}
