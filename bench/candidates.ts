import type { Dataset } from '../src/dataset/dataset.ts';
import { challenge } from '../src/evaluate/protocols/challenge.ts';
import { Library } from '../src/library/library.ts';
import { setThreads } from '../src/math/pool.ts';
import { Rng } from '../src/math/rng.ts';
import { fitBaseModels } from '../src/models/hybrid/base-models.ts';
import { boundsFor } from '../src/models/hybrid/bounds.ts';
import { hybridCatalogue } from '../src/models/hybrid/catalogue.ts';
import { coldAttributes } from '../src/models/hybrid/content-inputs.ts';
import { Features } from '../src/models/hybrid/features.ts';
import { RetrieverScores } from '../src/models/hybrid/retriever-scores.ts';
import { type Bench, type Line, lineOf, processorTime } from './harness.ts';

const PER_SCENARIO = '30';
/** Songs asked for. */
const N = 500;
/** Queries whose times are discarded. */
const WARM_UP = 20;

/** Recall of the candidates, and their cost. */
class Counted {
  readonly times: number[] = [];
  private candidates = 0;
  private readonly truths = { known: 0, cold: 0 };
  private readonly found = { known: 0, cold: 0 };

  add(train: Dataset, truth: Iterable<number>, tracks: Int32Array): void {
    const held = new Set(tracks);
    this.candidates += tracks.length;
    for (const track of truth) {
      const kind = train.ownersOf(track) > 0 ? 'known' : 'cold';
      this.truths[kind]++;
      if (held.has(track)) this.found[kind]++;
    }
  }

  get recall(): number {
    return (this.found.known + this.found.cold) / (this.truths.known + this.truths.cold);
  }

  line(what: string, queries: number, extra: Partial<Line> = {}): Line {
    const of = (kind: 'known' | 'cold'): string => (this.found[kind] / this.truths[kind]).toFixed(4);
    return lineOf(what, this.times.length > 0 ? this.times : [Number.NaN], {
      runs: queries,
      rate: `${Math.round(this.candidates / queries)} candidates`,
      quality: `recall ${this.recall.toFixed(4)}: ${of('known')} of known, ${of('cold')} of cold songs`,
      ...extra,
    });
  }
}

export const candidates: Bench = {
  id: 'candidates',
  title:
    'Candidates of hybrid for held-out playlists of --value LIBRARY [--value PLAYLISTS per scenario, default 30]: recall, and processor time until an answer of 500 is described, with and without cold songs',
  heavy: true,
  async run({ seed, values, say }) {
    const [folder, perScenario = PER_SCENARIO] = values;
    if (folder === undefined) {
      say('give --value LIBRARY: a library folder with playlists');
      return [];
    }
    setThreads(1);
    const dataset = await (await Library.open(folder)).dataset();
    const options = { perScenario: Number(perScenario), minHeldOut: 15 };
    const [fold] = [...challenge.folds(dataset, options, new Rng(seed).fork('protocol challenge'))];
    const { train, cases } = fold!;
    say(`training the base models on ${train.owners.count} playlists`);
    const baseModels = await fitBaseModels(train, { rng: new Rng(seed) }, coldAttributes(train));
    const catalogue = hybridCatalogue(train);
    const bounds = boundsFor(train.owners.count);
    const featuresOf = (contentMap: Float32Array | null): Features =>
      new Features(new RetrieverScores(train, catalogue, { ...baseModels, contentMap }, bounds));
    const variants = [featuresOf(null), featuresOf(baseModels.contentMap)] as const;
    const retrieved = new Counted();
    const described = [new Counted(), new Counted()] as const;
    const queries = [...cases];
    for (const [i, { query, truth }] of queries.entries()) {
      const barred = new Set(query.seeds);
      const take = ({ candidates: { tracks, count } }: Features): Int32Array => tracks.slice(0, count);
      // Alternate which version goes first.
      for (const v of i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const start = processorTime();
        variants[v].build(query, barred, N);
        if (i >= WARM_UP) described[v].times.push(processorTime() - start);
        described[v].add(train, truth, take(variants[v]));
      }
      variants[1].retrieve(query, barred);
      retrieved.add(train, truth, take(variants[1]));
    }
    const [without, withCold] = described;
    const total = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);
    const ratio = total(withCold.times) / total(without.times);
    const n = queries.length;
    return [
      retrieved.line('put forward', n, {
        goal: { text: 'recall ≥ .58', met: retrieved.recall >= 0.58 },
      }),
      without.line('described for 500 songs, without cold songs', n),
      withCold.line('described for 500 songs', n, {
        goal: { text: `≤ 1.02 × the time without; ${ratio.toFixed(3)} ×`, met: ratio <= 1.02 },
      }),
    ];
  },
};
