import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { type Backtest, backtest, type Figure, keepBlend } from '../listeners/personal/backtest.ts';
import { blendName } from '../listeners/personal/blend/part-names.ts';
import { driftingLab, type LabTask } from '../listeners/personal/drifting-lab.ts';
import { Engine } from '../recommend/engine.ts';
import { cancellable, repeated, wholeNumber } from './context.ts';
import { Progress } from './progress.ts';
import { table } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  cuts?: number;
  days?: number;
  model?: string[];
  json?: boolean;
  generated?: number;
  seed?: number;
}

export function register(program: Command): void {
  program
    .command('backtest')
    .summary('test recommendations against what a listener played next')
    .description(
      "Cuts the listener's history at several dates, asks each model for a list at each one, and compares it with the songs the listener discovered afterwards. The best blend of models is kept and answers `segue for-you` from then on. Nothing leaves the machine.",
    )
    .argument('[name]', 'name or id of the listener; see `segue listeners list`')
    .option(
      '--generated <number>',
      'instead of a listener, test this many generated people with drifting tastes, and compare the personal blend with every model',
      wholeNumber('--generated', 10, 5000),
    )
    .option('--seed <number>', 'seed of the generated people (default 1)', wholeNumber('--seed', 0, 4_294_967_295))
    .option('--cuts <number>', 'number of dates to cut at (default 8)', wholeNumber('--cuts', 2, 100))
    .option('--days <number>', 'days to predict after each cut (default 30)', wholeNumber('--days', 1, 3650))
    .option('-m, --model <id>', 'only these models; repeatable', repeated)
    .option('--json', 'print JSON only')
    .action(async (name: string | undefined, flags: Flags, command: Command) => {
      if (flags.generated !== undefined) return await generated(flags.generated, flags);
      if (name === undefined)
        throw new SegueError('USAGE', {
          got: '`segue backtest` without a listener',
          expected: 'a listener’s name, or --generated 200 for generated people',
        });
      await withHousehold(command, async ({ household, library }) => {
        const progress = new Progress();
        const repository = await household.repository();
        const { id } = await repository.listeners.find(name);
        const engine = await Engine.open(library);
        const result = await cancellable((signal) =>
          backtest(engine, repository, id, {
            ...(flags.cuts !== undefined && { cuts: flags.cuts }),
            ...(flags.days !== undefined && { days: flags.days }),
            ...(flags.model && { models: flags.model }),
            signal,
            onProgress: ({ fraction, note }) => progress.update(fraction, note),
          }),
        ).finally(() => progress.clear());
        // A trial of some models only, or over other days, must not decide the saved blend.
        if (!flags.model && flags.days === undefined) await keepBlend(engine, repository, id, result, Date.now());
        process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : pretty(result));
      });
    });
}

const WORLD = { tracks: 4000, playlists: 2000 };
const MODELS = ['hybrid', 'playlist-neighbours', 'track-neighbours', 'als', 'artists', 'spectral', 'popularity'];

async function generated(listeners: number, { model = MODELS, seed = 1, json }: Flags): Promise<void> {
  const progress = new Progress();
  const tasks = await cancellable((signal) =>
    driftingLab({
      size: { ...WORLD, seed },
      listeners,
      models: model,
      signal,
      onProgress: (fraction, note) => progress.update(fraction, note),
    }),
  ).finally(() => progress.clear());
  if (json) process.stdout.write(`${JSON.stringify(tasks, null, 2)}\n`);
  else for (const task of tasks) process.stdout.write(prettyTask(task));
}

function prettyTask({ task, listeners, rows }: LabTask): string {
  const cells = rows.map(({ name, mean, low, high, behind }) => [
    name,
    shown({ mean, low, high }),
    behind ? behind.difference.toFixed(4) : '',
    behind ? (behind.p < 0.001 ? '< 0.001' : behind.p.toFixed(3)) : '',
  ]);
  return `${task}, ${listeners} people
${table(['list', 'NDCG@50 (95 %)', 'blend is better by', 'p (Holm)'], cells, { widths: [22, 24, 20, 10] })}
`;
}

const shown = (figure: Figure | null): string =>
  figure ? `${figure.mean.toFixed(3)} (${figure.low.toFixed(3)}–${figure.high.toFixed(3)})` : '';

function pretty({ cuts, newSongs, repeatedSongs, results, blend }: Backtest): string {
  const rows = results.map(({ name, found, ndcg, again }) => [name, shown(ndcg), shown(found), shown(again)]);
  const kept = blend ? `\nBest blend, used by \`segue for-you\` from now on: ${blendName(blend)}.` : '';
  return `${table(['model', 'NDCG@50 (95 %)', 'new songs found (95 %)', 'repeats found (95 %)'], rows, { widths: [22, 22, 22, 22] })}
${cuts.length} dates, ${newSongs} newly found songs, ${repeatedSongs} repeats.${kept}
`;
}
