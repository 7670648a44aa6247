import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportFailure } from '../src/cli/failure.ts';
import { Progress } from '../src/cli/progress.ts';
import { loadConfiguration } from '../src/configuration/load.ts';
import { SegueError } from '../src/errors.ts';
import { evaluateLibrary } from '../src/evaluate/library-evaluation.ts';
import type { EvaluationReport } from '../src/evaluate/report/report-data.ts';
import { docsPart, insertResults, publicReport, readmePart } from '../src/evaluate/report/results-table.ts';
import { Library } from '../src/library/library.ts';

/**
 * `npm run docs:results -- [--seed N] [--tables]`: evaluates every default model on the library (SEGUE_LIBRARY), reusing finished answers, and writes
 * docs/results.json and, from it, the tables in README.md and docs/evaluation.md. Nothing in them is typed by hand.
 * --seed: seed of the split; by default one on which nothing was chosen. --tables: evaluates nothing, writes the tables from docs/results.json.
 */
const UNTOUCHED_SEED = 2024;
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const RESULTS = `${ROOT}docs/results.json`;

/** @throws SegueError USAGE, LIBRARY_EMPTY, … */
async function evaluateNow(seed: number): Promise<EvaluationReport> {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new SegueError('USAGE', { got: `--seed is ${seed}`, expected: 'a whole number from 0' });
  const folder = loadConfiguration().values.library;
  const dataset = await (await Library.open(folder)).dataset();
  const progress = new Progress();
  const full = await evaluateLibrary(folder, dataset, {
    protocol: 'challenge',
    seed,
    onProgress: (p) => progress.update(p.fraction, `${p.model}: ${p.note}`),
  });
  progress.clear();
  const report = publicReport(full);
  await writeFile(RESULTS, `${JSON.stringify(report, null, 1)}\n`);
  return report;
}

try {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, tables: { type: 'boolean' } } });
  const report = values.tables
    ? (JSON.parse(await readFile(RESULTS, 'utf8')) as EvaluationReport)
    : await evaluateNow(Number(values.seed ?? UNTOUCHED_SEED));
  for (const [name, part] of [
    ['README.md', readmePart(report)],
    ['docs/evaluation.md', docsPart(report)],
  ] as const) {
    const text = insertResults(await readFile(ROOT + name, 'utf8'), part);
    if (text === null)
      throw new SegueError('FILE_UNREADABLE', {
        got: `${name} has no place for the results`,
        expected: '<!-- results:start --> and <!-- results:end -->',
      });
    await writeFile(ROOT + name, text);
    process.stdout.write(`${name}\n`);
  }
} catch (error) {
  process.exitCode = reportFailure(error);
}
