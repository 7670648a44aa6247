import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { evaluateFiles } from '../evaluate/files/evaluate-files.ts';
import { readSplit } from '../evaluate/files/split-files.ts';
import { evaluateLibrary, type LibraryEvaluation } from '../evaluate/library-evaluation.ts';
import { settingsOf } from '../evaluate/options.ts';
import { PROTOCOLS } from '../evaluate/registry.ts';
import type { EvaluationReport } from '../evaluate/report/report-data.ts';
import { terminalTable } from '../evaluate/report/table.ts';
import { writeFileWhole } from '../library/files.ts';
import { reportPage } from '../serve/report-page.ts';
import { cancellable, libraryDir, openLibrary, repeated, wholeNumber } from './context.ts';
import { requireWritable } from './output-file.ts';
import { modelSettings, pair } from './pairs.ts';
import { Progress } from './progress.ts';

interface EvaluateOptions {
  models?: string;
  protocol?: string;
  option?: string[];
  set?: string[];
  k?: string;
  seed: number;
  threads: number;
  perArtist?: number | 'auto';
  json?: boolean;
  report?: string;
  run?: string[];
  truth?: string;
  withLibrary?: boolean;
  train?: string;
  test?: string;
  resume: boolean;
  tuned: boolean;
}

/** Adds `segue evaluate`. */
export function register(program: Command): void {
  program
    .command('evaluate')
    .summary('evaluate models on held-out data, with intervals, significance and a report')
    .description(
      'Measures how well models predict held-out data, with confidence intervals and significance tests, and writes a report.',
    )
    .option('--models <ids>', 'model ids, comma separated (default: the default models)')
    .option(
      '--protocol <id>',
      `${PROTOCOLS.map((p) => p.id).join(', ')} (default: ratings for rating models, otherwise challenge where the data allows it)`,
    )
    .option('--option <name=value>', 'a protocol setting; repeatable', repeated)
    .option('--set <model.name=value>', 'a model setting; repeatable', repeated)
    .option('--k <numbers>', 'cut-offs, comma separated; the largest is the list length')
    .option('--seed <number>', 'seed for the split and for training', wholeNumber('--seed', 0, 4_294_967_295), 1)
    .option('--threads <number>', 'worker threads; 0 uses the main thread only', wholeNumber('--threads', 0, 64), 2)
    .option(
      '--per-artist <number>',
      'maximum songs per artist in each list, 1–15, or auto as in recommendations: 3, none if all seeds are by one artist (default: none)',
      artistLimit,
    )
    .option('--json', 'print the report as JSON only')
    .option('--report <file>', 'write the report as a self-contained HTML page')
    .option('--run <file>', 'evaluate the recommendations in a file instead of models; repeatable', repeated)
    .option('--truth <file>', 'the held-out tracks for --run')
    .option(
      '--with-library',
      'look up the tracks of --run and --truth in the library, to add metrics on artists, genres and popularity',
    )
    .option('--train <file>', 'training adjacency lists, for --protocol split')
    .option('--test <file>', 'test adjacency lists, for --protocol split')
    .option('--no-resume', 'recompute everything and cache nothing')
    .option('--no-tuned', 'use default settings even where `segue tune` found better ones')
    .addHelpText('after', () => `\n${protocolHelp()}`)
    .action(async (options: EvaluateOptions, command: Command) => {
      if (options.report !== undefined) await requireWritable(options.report, '--report');
      const report = await measure(options, command);
      if (options.report !== undefined) {
        const { html } = await reportPage('evaluation', report.protocol.title, report);
        await writeFileWhole(options.report, html);
      }
      process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${terminalTable(report)}\n`);
      if (options.report !== undefined) process.stderr.write(`Report written to ${options.report}\n`);
      if (report.results.every((r) => r.failed !== undefined)) process.exitCode = 3;
    });
}

const artistLimit = (text: string): number | 'auto' =>
  text === 'auto' ? 'auto' : wholeNumber('--per-artist', 1, 15)(text);

const protocolHelp = (): string =>
  PROTOCOLS.map((p) => {
    const settings = settingsOf(p.options).map((s) => `      ${s.name}=${String(s.default)}  ${s.description}`);
    return [`  ${p.id}: ${p.description}`, ...settings].join('\n');
  }).join('\n');

async function measure(options: EvaluateOptions, command: Command): Promise<EvaluationReport> {
  const cutoffs = options.k?.split(',').map((k) => Number(k.trim()));
  const { seed, threads } = options;
  if (options.run || options.truth !== undefined) {
    if (!options.run || options.truth === undefined)
      throw new SegueError('USAGE', {
        got: options.truth === undefined ? '--run without --truth' : '--truth without --run',
        expected: 'both files: recommendations and held-out tracks',
      });
    const dataset = options.withLibrary ? await (await openLibrary(command)).dataset() : undefined;
    return evaluateFiles({ runs: options.run, truth: options.truth, cutoffs, dataset, seed });
  }
  if ((options.train === undefined) !== (options.test === undefined))
    throw new SegueError('USAGE', {
      got: options.test === undefined ? '--train without --test' : '--test without --train',
      expected: 'both files of the split',
    });
  const given = options.train !== undefined && options.test !== undefined;
  if (given && options.protocol !== undefined && options.protocol !== 'split')
    throw new SegueError('USAGE', {
      got: `--train and --test with the protocol ${options.protocol}`,
      expected: '--protocol split',
    });
  const dataset = given ? await readSplit(options.train!, options.test!) : await (await openLibrary(command)).dataset();
  const progress = new Progress();
  const request: LibraryEvaluation = {
    models: options.models
      ?.split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    protocol: given ? 'split' : options.protocol,
    options: Object.fromEntries((options.option ?? []).map((text) => pair(text, '--option', 'perScenario=50'))),
    set: modelSettings(options.set ?? []),
    seed,
    cutoffs,
    threads,
    perArtist: options.perArtist,
    resume: options.resume,
    tuned: options.tuned,
    onProgress: (p) => progress.update(p.fraction, `${p.model}: ${p.note}`),
  };
  try {
    return await cancellable((signal) => evaluateLibrary(libraryDir(command), dataset, { ...request, signal }));
  } finally {
    progress.clear();
  }
}
