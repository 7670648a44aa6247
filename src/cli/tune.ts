import { join } from 'node:path';
import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { resolveOptions } from '../evaluate/options.ts';
import { PROTOCOLS, protocolById } from '../evaluate/registry.ts';
import { figure } from '../evaluate/report/table.ts';
import { tunableSettings } from '../evaluate/tuning/space.ts';
import { type Tuned, tune } from '../evaluate/tuning/tune.ts';
import { writeSettings } from '../library/settings.ts';
import type { Model } from '../models/model.ts';
import { modelById } from '../models/registry.ts';
import { cancellable, libraryDir, openLibrary, repeated, wholeNumber } from './context.ts';
import { pair } from './pairs.ts';
import { Progress } from './progress.ts';

interface TuneOptions {
  protocol?: string;
  option?: string[];
  trials: number;
  method: string;
  metric?: string;
  seed: number;
  json?: boolean;
}

const SHOWN = 5;

/** Adds `segue tune`. */
export function register(program: Command): void {
  program
    .command('tune')
    .summary('search for better model settings on validation data, for `segue train` to use')
    .description('Searches for better model settings on validation data. `segue train` uses what it finds.')
    .argument('<models...>', 'model ids; each gets the same budget')
    .option('--trials <number>', 'number of trials, the defaults included', wholeNumber('--trials', 1, 10_000), 20)
    .option('--method <name>', 'halving or random', 'halving')
    .option(
      '--protocol <id>',
      `${PROTOCOLS.map((p) => p.id).join(', ')} (default: ratings or challenge, depending on the model)`,
    )
    .option('--option <name=value>', 'a protocol setting; repeatable', repeated)
    .option('--metric <key>', "metric to optimise, e.g. ndcg@20 (default: the protocol's first)")
    .option(
      '--seed <number>',
      'seed of the evaluation whose test set stays unseen',
      wholeNumber('--seed', 0, 4_294_967_295),
      1,
    )
    .option('--json', 'print the trials as JSON only')
    .action(async (ids: string[], options: TuneOptions, command: Command) => {
      const models = ids.map(modelById);
      const { method } = options;
      if (method !== 'halving' && method !== 'random')
        throw new SegueError('USAGE', { got: `--method ${method}`, expected: 'halving or random' });
      const dataset = await (await openLibrary(command)).dataset();
      const folder = libraryDir(command);
      const all: Record<string, Tuned> = {};
      for (const model of models) {
        const protocol = protocolById(options.protocol ?? (model.predicts === 'ratings' ? 'ratings' : 'challenge'));
        const given = Object.fromEntries(
          (options.option ?? []).map((text) => pair(text, '--option', 'perScenario=50')),
        );
        const progress = new Progress();
        const tuned = await cancellable((signal) =>
          tune({
            dataset,
            model,
            protocol,
            options: resolveOptions(protocol.options, given, `protocol "${protocol.id}"`),
            seed: options.seed,
            trials: options.trials,
            method,
            metric: options.metric,
            cacheDir: join(folder, 'evaluations', 'tuning'),
            signal,
            onProgress: ({ fraction, note }) => progress.update(fraction, `${model.id}: ${note}`),
          }),
        ).finally(() => progress.clear());
        // Defaults that won are not saved, since a later version may have better ones.
        await writeSettings(folder, model.id, defaultsWon(tuned) ? null : tuned.settings);
        all[model.id] = tuned;
        if (!options.json) process.stdout.write(`${summary(model, tuned)}\n`);
      }
      if (options.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    });
}

/** Trial 0 uses the defaults. */
const defaultsWon = ({ trials }: Tuned): boolean => trials[0]!.number === 0;

function summary(model: Model, tuned: Tuned): string {
  const { settings, trials } = tuned;
  const names = tunableSettings(model.config).map((s) => s.name);
  const text = (config: Readonly<Record<string, unknown>>): string =>
    names.map((name) => `${name}=${JSON.stringify(config[name])}`).join(' ');
  const rows = trials
    .slice(0, SHOWN)
    .map((t) => `  ${figure(t.value)}  ${t.number === 0 ? '(defaults) ' : ''}${text(t.config)}`);
  return [
    `${model.id}: ${settings.metric} ${figure(settings.value)} on validation, ${figure(settings.defaultValue)} with the defaults, ${settings.trials} trials`,
    ...rows,
    defaultsWon(tuned) ? '  nothing beat the defaults, so they stay' : '  saved: `segue train` uses the first line',
  ].join('\n');
}
