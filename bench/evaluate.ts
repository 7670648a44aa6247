import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvaluateRequest, evaluate } from '../src/evaluate/evaluate.ts';
import { readSplit } from '../src/evaluate/files/split-files.ts';
import { candidatesFor } from '../src/evaluate/library-evaluation.ts';
import { resolveOptions } from '../src/evaluate/options.ts';
import { protocolById } from '../src/evaluate/registry.ts';
import type { EvaluationReport } from '../src/evaluate/report/report-data.ts';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { type Bench, type Line, machine } from './harness.ts';

const FIVE_MINUTES = 300;
const THREE_MINUTES = 180;
const METRICS_SHARE = 0.02;

const line = (what: string, seconds: number, extra: Partial<Line>): Line => ({
  what,
  median: seconds * 1000,
  spread: Number.NaN,
  runs: 1,
  ...extra,
});

/** One line for the whole evaluation, and one for the metrics' share. */
function lines(what: string, report: EvaluationReport, limit: number): Line[] {
  const { totalSeconds, metricsSeconds } = report.timing;
  const share = metricsSeconds / totalSeconds;
  const best = report.results[0]!;
  const key = report.headline[0]!;
  return [
    line(what, totalSeconds, {
      rate: `${report.results.length} models, ${report.protocol.cases} questions`,
      quality: `${best.model} ${key} ${best.values[key]?.mean?.toFixed(4) ?? best.failed}`,
      goal: { text: `≤ ${limit} s`, met: totalSeconds <= limit },
    }),
    line('  metrics, all cut-offs', metricsSeconds, {
      rate: `${(100 * share).toFixed(1)} % of it`,
      goal: { text: '≤ 2 %', met: share <= METRICS_SHARE },
    }),
  ];
}

/** Ten scenarios with 100 playlists each, for all default models. `--value` is a library folder; by default the demo world. */
export const evaluation: Bench = {
  id: 'evaluate',
  title: 'Evaluation of 1,000 playlists in ten scenarios, all models, two threads (goal: ≤ 5 minutes, metrics ≤ 2 %)',
  heavy: true,
  async run({ seed, values, say }) {
    const dataset = values[0]
      ? await (await Library.open(values[0])).dataset()
      : demoDataset({ tracks: 20_000, playlists: 6000, seed });
    const protocol = protocolById('challenge');
    const request: EvaluateRequest = {
      dataset,
      protocol,
      options: resolveOptions(protocol.options, {}, 'protocol'),
      seed,
      candidates: candidatesFor(dataset, protocol, undefined, {}, {}),
      threads: 2,
      onProgress: ({ fraction, model, note }) => say(`${Math.round(100 * fraction)} % ${model}: ${note}`),
    };
    say(machine());
    const report = await evaluate(request);
    const parts = report.results.map((r) =>
      line(`  ${r.model}`, (r.fitSeconds ?? 0) + ((r.answerMs.mean ?? 0) * report.protocol.cases) / 1000, {
        rate: `fit ${(r.fitSeconds ?? 0).toFixed(1)} s, ${(r.answerMs.mean ?? 0).toFixed(1)} ms an answer`,
        quality: r.failed ?? `${report.headline[1]} ${r.values[report.headline[1]!]?.mean?.toFixed(4)}`,
      }),
    );
    return [...lines('all models', report, FIVE_MINUTES), ...parts];
  },
};

/**
 * Adjacency lists of Gowalla's size: communities of tracks with power-law popularity, and a fifth of each owner's tracks in the test file. Owners
 * have 8 … 1,000 tracks, about 34 on average.
 */
export function adjacencyLists(owners: number, tracks: number, seed: number): { train: string; test: string } {
  const rng = new Rng(seed);
  const communities = 300;
  const size = Math.floor(tracks / communities);
  const train: string[] = [];
  const test: string[] = [];
  for (let o = 0; o < owners; o++) {
    const length = Math.min(1000, Math.max(8, Math.round(24 * Math.exp(0.75 * rng.normal()))));
    const own = rng.sample(communities, 3);
    const items = new Set<number>();
    while (items.size < length) {
      const community = rng.uniform() < 0.85 ? own[rng.below(3)]! : rng.below(communities);
      items.add(community * size + Math.floor(size * rng.uniform() ** 3));
    }
    const list = rng.shuffle([...items]);
    const held = Math.max(1, Math.floor(0.21 * list.length));
    test.push(`${o} ${list.slice(0, held).join(' ')}`);
    train.push(`${o} ${list.slice(held).join(' ')}`);
  }
  return { train: train.join('\n'), test: test.join('\n') };
}

/** Full ranking for every owner. `--value` names the model (default: spectral); popularity is the baseline. */
export const fullRanking: Bench = {
  id: 'evaluate-split',
  title:
    'Full-ranking evaluation of 30,000 owners × 41,000 tracks, two threads (goal: answers and metrics ≤ 3 minutes)',
  heavy: true,
  async run({ seed, values, say }) {
    const dir = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      say('making adjacency lists');
      const { train, test } = adjacencyLists(30_000, 41_000, seed);
      await writeFile(join(dir, 'train.txt'), train);
      await writeFile(join(dir, 'test.txt'), test);
      const dataset = await readSplit(join(dir, 'train.txt'), join(dir, 'test.txt'));
      const protocol = protocolById('split');
      const found: Line[] = [];
      for (const id of ['popularity', values[0] ?? 'spectral']) {
        const report = await evaluate({
          dataset,
          protocol,
          options: resolveOptions(protocol.options, {}, 'protocol'),
          seed,
          candidates: candidatesFor(dataset, protocol, [id], {}, {}),
          threads: 2,
          examples: 0,
          onProgress: ({ fraction, note }) => say(`${id}: ${Math.round(100 * fraction)} % ${note}`),
        });
        const fit = report.results[0]!.fitSeconds ?? 0;
        const [whole, metrics] = lines(`${id}, without ${fit.toFixed(0)} s of training`, report, THREE_MINUTES);
        const seconds = report.timing.totalSeconds - fit;
        found.push(
          { ...whole!, median: seconds * 1000, goal: { text: `≤ ${THREE_MINUTES} s`, met: seconds <= THREE_MINUTES } },
          metrics!,
        );
      }
      return found;
    } finally {
      await rm(dir, { recursive: true });
    }
  },
};
