import type { Command } from 'commander';
import { type Backtest, backtest, type Figure, keepBlend } from '../listeners/personal/backtest.ts';
import { blendName } from '../listeners/personal/blend/fitted-blend.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine } from '../recommend/engine.ts';
import { cancellable, databaseUrl, openLibrary, repeated, wholeNumber } from './context.ts';
import { Progress } from './progress.ts';
import { table } from './table.ts';

interface Flags {
  cuts?: number;
  days?: number;
  model?: string[];
  json?: boolean;
}

export function register(program: Command): void {
  program
    .command('backtest')
    .summary('test recommendations against what a listener played next')
    .description(
      "Cuts the listener's history at several dates, asks each model for a list at each one, and compares it with the songs the listener discovered afterwards. The best blend of models is kept and answers `segue for-you` from then on. Nothing leaves the machine.",
    )
    .argument('<name>', 'name or id of the listener; see `segue listeners list`')
    .option('--cuts <number>', 'number of dates to cut at (default 8)', wholeNumber('--cuts', 2, 100))
    .option('--days <number>', 'days to predict after each cut (default 30)', wholeNumber('--days', 1, 3650))
    .option('-m, --model <id>', 'only these models; repeatable', repeated)
    .option('--json', 'print JSON only')
    .action(async (name: string, flags: Flags, command: Command) => {
      const library = await openLibrary(command);
      const household = openHousehold(library, databaseUrl(command));
      const progress = new Progress();
      try {
        const repository = await household.repository();
        const { id } = await repository.listeners.find(name);
        const engine = await Engine.open(library);
        const result = await cancellable((signal) =>
          backtest(engine, repository, id, {
            ...(flags.cuts !== undefined && { cuts: flags.cuts }),
            ...(flags.days !== undefined && { days: flags.days }),
            ...(flags.model && { models: flags.model }),
            signal,
            onProgress: (fraction, note) => progress.update(fraction, note),
          }),
        ).finally(() => progress.clear());
        // A try with some models, or other days, is no choice among all.
        if (!flags.model && flags.days === undefined) await keepBlend(engine, repository, id, result);
        process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : pretty(result));
      } finally {
        await household.close();
      }
    });
}

const shown = (figure: Figure | null): string =>
  figure ? `${figure.mean.toFixed(3)} (${figure.low.toFixed(3)}–${figure.high.toFixed(3)})` : '';

function pretty({ cuts, newSongs, repeatedSongs, results, blend }: Backtest): string {
  const rows = results.map(({ name, found, ndcg, again }) => [name, shown(ndcg), shown(found), shown(again)]);
  const kept = blend ? `\nBest blend, which answers for you from now on: ${blendName(blend)}.` : '';
  return `${table(['model', 'NDCG@50 (95 %)', 'new songs found (95 %)', 'repeats found (95 %)'], rows, { widths: [22, 22, 22, 22] })}
${cuts.length} moments, ${newSongs} newly found songs, ${repeatedSongs} repeats.${kept}
`;
}
