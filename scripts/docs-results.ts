import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EvaluateProgress } from '../src/cli/evaluate-progress.ts';
import { reportFailure } from '../src/cli/failure.ts';
import { libraryFolder } from '../src/config.ts';
import { SegueError } from '../src/errors.ts';
import { evaluateLibrary } from '../src/evaluate/library-evaluation.ts';
import { docsPart, insertResults, publicReport, readmePart } from '../src/evaluate/report/results-table.ts';
import { Library } from '../src/library/library.ts';

/**
 * `npm run docs:results`: evaluates every model that is on by default on the library (SEGUE_LIBRARY), finished answers being taken up, and writes
 * docs/results.json and from it the tables in README.md and docs/evaluation.md. Nothing in them is typed by hand.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));

try {
  const folder = libraryFolder();
  const dataset = await (await Library.open(folder)).dataset();
  const progress = new EvaluateProgress();
  const full = await evaluateLibrary(folder, dataset, {
    protocol: 'challenge',
    onProgress: (p) => progress.show(p.fraction, `${p.model}: ${p.note}`, p.secondsLeft),
  });
  progress.end();
  const report = publicReport(full);
  await writeFile(`${ROOT}docs/results.json`, `${JSON.stringify(report, null, 1)}\n`);
  for (const [name, part] of [
    ['README.md', readmePart(report)],
    ['docs/evaluation.md', docsPart(report)],
  ] as const) {
    const text = insertResults(await readFile(ROOT + name, 'utf8'), part);
    if (text === null)
      throw new SegueError('FILE_UNREADABLE', {
        got: `${name} has no marks for the results`,
        expected: '<!-- results:start --> and <!-- results:end -->',
      });
    await writeFile(ROOT + name, text);
    process.stdout.write(`${name}\n`);
  }
} catch (error) {
  process.exitCode = reportFailure(error);
}
