import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { EXPERIMENT_KINDS, type Experiment } from '../listeners/experiments/experiment.ts';
import { experimentResults } from '../listeners/experiments/results.ts';
import { simulate } from '../listeners/experiments/simulate.ts';
import type { Verdict } from '../listeners/experiments/verdict.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { MODELS } from '../models/registry.ts';
import { openLibrary, wholeNumber } from './context.ts';
import { table } from './table.ts';
import { withHousehold } from './with-household.ts';

export function register(program: Command): void {
  const experiment = program
    .command('experiment')
    .summary('compare two models by what listeners do with their lists')
    .description(
      'While an experiment runs, `segue for-you` mixes songs from both models, and what is played, liked or saved decides between them. Everything stays on this machine.',
    );
  experiment
    .command('list', { isDefault: true })
    .summary('show experiments and their results')
    .option('--json', 'print JSON only')
    .action((flags: { json?: boolean }, command: Command) =>
      withRepository(command, async (repository) => {
        const results = await experimentResults(repository);
        process.stdout.write(flags.json ? `${JSON.stringify(results, null, 2)}\n` : pretty(results));
      }),
    );
  experiment
    .command('start')
    .summary('start comparing two trained models')
    .argument('<a>', 'id of a trained model; see `segue models`')
    .argument('<b>', 'id of another trained model')
    .option(
      '--split',
      'give each listener one of the two; needs at least eight listeners (default: every list mixes songs from both)',
    )
    .action((a: string, b: string, flags: { split?: boolean }, command: Command) =>
      withRepository(command, async (repository) => {
        // The library also saves the layout of the map among its models.
        const saved = new Set((await (await openLibrary(command)).listModels()).map(({ id }) => id));
        const trained = MODELS.map(({ id }) => id).filter((id) => saved.has(id));
        const missing = [a, b].find((id) => !trained.includes(id));
        if (missing !== undefined || a === b)
          throw new SegueError('USAGE', {
            got: missing === undefined ? `${a} against itself` : `The model "${missing}" is not trained`,
            expected: `two of ${trained.join(', ')}`,
          });
        const kind = EXPERIMENT_KINDS[flags.split ? 1 : 0];
        const { id } = await repository.experiments.start({ kind, a, b });
        process.stdout.write(`Experiment ${id} is running: ${a} vs. ${b}. End it with \`segue experiment end\`.\n`);
      }),
    );
  experiment
    .command('end')
    .summary('end the running experiment')
    .action((_flags: object, command: Command) =>
      withRepository(command, async (repository) => {
        const ended = await repository.experiments.end();
        process.stdout.write(ended ? pretty(await experimentResults(repository)) : 'No experiment is running.\n');
      }),
    );
  experiment
    .command('simulate')
    .summary("show the test's false positives and power, with simulated listeners")
    .option('--runs <number>', 'experiments per row', wholeNumber('--runs', 10, 10_000), 200)
    .option('--seed <number>', 'seed', wholeNumber('--seed', 0, 4_294_967_295), 1)
    .action(({ runs, seed }: { runs: number; seed: number }) => {
      const rows = [0, 0.1, 0.2, 0.5].flatMap((lift) =>
        [14, 60].map((days) => {
          const { found } = simulate(lift, days, runs, seed);
          return [lift === 0 ? 'none (A/A)' : `+${lift * 100}%`, String(days), `${(found * 100).toFixed(1)}%`];
        }),
      );
      process.stdout.write(
        `${table(['difference', 'days', 'p < 0.05'], rows, { right: [1, 2] })}\nFour listeners, one list of 20 songs a day, ${runs} experiments per row.\n`,
      );
    });
}

const withRepository = (command: Command, work: (repository: ListenerRepository) => Promise<void>): Promise<void> =>
  withHousehold(command, async ({ household }) => work(await household.repository()));

function pretty(results: readonly { experiment: Experiment; verdict: Verdict }[]): string {
  if (results.length === 0) return 'No experiments yet. Start one with `segue experiment start hybrid als`.\n';
  const rows = results.map(({ experiment: { kind, a, b, startedAt, endedAt }, verdict: v }) => [
    `${a} / ${b}`,
    kind,
    new Date(startedAt).toISOString().slice(0, 10),
    endedAt === null ? 'running' : new Date(endedAt).toISOString().slice(0, 10),
    String(v.lists),
    String(v.listeners),
    `${v.a} / ${v.b}`,
    v.p < 0.001 ? '< 0.001' : v.p.toFixed(3),
  ]);
  return `${table(['models', 'kind', 'from', 'to', 'lists', 'listeners', 'songs played, liked or saved', 'p'], rows)}\n`;
}
