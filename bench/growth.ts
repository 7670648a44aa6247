import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPeers } from './growth/peers.ts';
import { MODELS, readResults, SIZES, writeResults } from './growth/results.ts';
import { isBounded, isTrained, runStep } from './growth/step.ts';
import { type Bench, type Line, lineOf } from './harness.ts';

/** Number of the 1,000 queries to use; at the sizes where hybrid has bounds, they are also answered without them. */
const QUESTIONS = '200';

export const growth: Bench = {
  id: 'growth',
  title:
    'cost as the library grows: import, training by model, memory, answers (--value DIR for its libraries and results, --value 10000,50000: the sizes, --value als,hybrid: the models, --value 1000: the questions, default 200). Goes on after a stop; `npm run docs:scale DIR` writes the table of docs/scale.md',
  heavy: true,
  async run({ seed, values, say }) {
    const dir = values[0] ?? join(tmpdir(), 'segue-growth');
    const sizes = (values[1] ?? '10000,50000,200000').split(',');
    const models = values[2]?.split(',') ?? MODELS;
    const questions = values[3] ?? QUESTIONS;
    await mkdir(dir, { recursive: true });
    const results = await readResults(dir);
    const lines: Line[] = [];
    for (const size of sizes) {
      const tracks = SIZES[size];
      if (tracks === undefined)
        throw new Error(`There is no size "${size}". Expected: ${Object.keys(SIZES).join(', ')}.`);
      const library = join(dir, size);
      results[size] ??= {};
      const own = results[size];
      const done = async (what: string, seconds: number): Promise<void> => {
        await writeResults(dir, results);
        lines.push(lineOf(`${size} playlists: ${what}`, [1000 * seconds]));
        say(`${size} playlists: ${what}: ${seconds.toFixed(1)} s`);
      };
      if (!own.import) {
        own.import = await runStep('import', library, size, `${tracks}`);
        await done('import', own.import.seconds);
      }
      own.train ??= {};
      own.answer ??= {};
      for (const model of models) {
        if (!own.train[model] || !isTrained(library, model)) {
          own.train[model] = await runStep('train', library, model, `${seed}`);
          await done(`training of ${model}`, own.train[model].seconds);
        }
        if ((own.answer[model]?.questions ?? 0) >= Number(questions)) continue;
        const exact = model === 'hybrid' && isBounded(Number(size)) ? 'exact' : '';
        own.answer[model] = await runStep('answer', library, model, `${seed}`, questions, exact);
        await done(`an answer of ${model}`, own.answer[model].long.p50 / 1000);
      }
      const python = process.env.SEGUE_BENCH_PYTHON;
      if (!python) say('SEGUE_BENCH_PYTHON names no Python with implicit: no peers');
      else if (!own.peers) {
        own.peers = await runPeers(python, library, seed, Number(questions));
        await done(
          'peers',
          Object.values(own.peers).reduce((sum, { seconds }) => sum + seconds, 0),
        );
      }
    }
    return lines;
  },
};
