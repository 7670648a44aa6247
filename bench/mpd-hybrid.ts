import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnswerStep, isTrained, runStep } from './growth/step.ts';
import { type Bench, type Line, lineOf } from './harness.ts';
import { mpdLibrary } from './mpd-library.ts';

function lines({ first, gigabytes, questions, long, short, exact, loss }: AnswerStep): Line[] {
  const answer = (what: string, asked: AnswerStep['long'], p50: number): Line => ({
    ...lineOf(what, [asked.p50]),
    runs: questions,
    rate: `p99 ${asked.p99.toFixed(1)} ms; processor time p50 ${asked.processor50.toFixed(1)}, p99 ${asked.processor99.toFixed(1)} ms`,
    quality: `NDCG ${asked.ndcg.toFixed(4)}`,
    goal: { text: `p50 ≤ ${p50} ms, p99 ≤ 120 ms`, met: asked.p50 <= p50 && asked.p99 <= 120 },
  });
  const percent = (part: number): string => (100 * part).toFixed(2);
  return [
    {
      ...lineOf('first answer after start', [1000 * first.seconds]),
      rate: `processor time ${first.processor.toFixed(1)} s`,
      goal: { text: '≤ 2 s', met: first.seconds <= 2 },
    },
    answer('an answer of 500', long, 40),
    answer('an answer of 50', short, 25),
    ...(exact && loss
      ? [
          {
            ...answer('an answer of 500 without bounds', exact, 40),
            goal: {
              text: `bounds cost ≤ 1 % of NDCG; ${percent(loss.mean)} % (95 % interval ${percent(loss.low)} to ${percent(loss.high)})`,
              met: loss.mean <= 0.01,
            },
          },
        ]
      : []),
    {
      ...lineOf('memory of the process, training data included', [Number.NaN]),
      rate: `${gigabytes.toFixed(2)} GB`,
      goal: { text: '≤ 8 GB', met: gigabytes <= 8 },
    },
  ];
}

export const mpdHybrid: Bench = {
  id: 'mpd-hybrid',
  title:
    'hybrid on the MPD-sized demo world or --value LIBRARY [--value QUESTIONS, default 1000]: training without 1,000 playlists (goes on after a stop), answers about these beside the same model without bounds',
  heavy: true,
  async run({ seed, values, say }) {
    const questions = values[1] ?? '1000';
    const library = values[0] ?? join(tmpdir(), 'segue-mpd-library');
    await mpdLibrary(library, say);
    const trained: Line[] = [];
    if (isTrained(library, 'hybrid')) say(`trained before: ${library}-bench/hybrid.model`);
    else {
      const { seconds, processor, gigabytes } = await runStep('train', library, 'hybrid', `${seed}`);
      trained.push({
        ...lineOf('training', [1000 * seconds]),
        rate: `${processor.toFixed(0)} s of processor time, ${gigabytes.toFixed(1)} GB`,
        goal: { text: '≤ 60 min, ≤ 16 GB', met: seconds <= 3600 && gigabytes <= 16 },
      });
    }
    return [...trained, ...lines(await runStep('answer', library, 'hybrid', `${seed}`, questions, 'exact'))];
  },
};
