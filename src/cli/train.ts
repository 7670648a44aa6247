import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { readSettings } from '../library/settings.ts';
import { saveSearch } from '../recommend/search/saved-search.ts';
import { train } from '../recommend/train.ts';
import { cancellable, openLibrary, repeated, wholeNumber } from './context.ts';
import { modelSettings } from './pairs.ts';
import { duration, Progress } from './progress.ts';

interface TrainFlags {
  seed?: number;
  set?: string[];
  ifWaiting?: number;
  on?: string;
  share?: string;
}

export function register(program: Command): void {
  program
    .command('train')
    .summary('train models on the library')
    .description(
      'Trains the named models, or all default models that fit the data. Ctrl-C keeps the finished models and discards the unfinished one.',
    )
    .argument('[models...]', 'model ids; see `segue models`')
    .option('--seed <number>', 'random seed', wholeNumber('--seed', 0, 4_294_967_295))
    .option('--set <model.setting=value>', 'a model setting; repeatable', repeated)
    .option(
      '--if-waiting <count>',
      'train only if at least this many tracks are waiting',
      wholeNumber('--if-waiting', 0, 1_000_000_000),
    )
    .option(
      '--on <master>',
      'train one model on Spark, e.g. spark://host:7077 or local[4]; needs spark/requirements.txt',
    )
    .option(
      '--share <dir>',
      'with --on: a folder that every Spark worker sees under the same path (default: temporary)',
    )
    .action(async (models: string[], flags: TrainFlags, command: Command) => {
      const library = await openLibrary(command);
      const progress = new Progress();
      await cancellable(async (signal) => {
        const waiting = await library.waitingCount();
        if (flags.ifWaiting !== undefined && waiting < flags.ifWaiting) {
          progress.say(`${waiting} of ${flags.ifWaiting} tracks are waiting: nothing to do yet.`);
          return;
        }
        const set = modelSettings(flags.set ?? []);
        if (waiting > 0) {
          const merged = await library.mergeWaiting({ signal });
          progress.say(`Added ${merged} waiting tracks to the catalogue.`);
        }
        if (flags.on !== undefined) {
          if (models.length !== 1)
            throw new SegueError('USAGE', {
              got: `${models.length} models with --on`,
              expected: 'one model, e.g. `segue train als --on spark://host:7077`',
            });
          const start = performance.now();
          const { trainElsewhere } = await import('./train-elsewhere.ts');
          const { id, bytes } = await trainElsewhere(library, models[0]!, {
            master: flags.on,
            share: flags.share,
            set: set[models[0]!],
            tuned: await readSettings(library.dir),
            signal,
            onProgress: ({ fraction, note }) => progress.update(fraction, note),
          });
          progress.clear();
          progress.say(
            `Trained ${id} on ${flags.on} in ${duration((performance.now() - start) / 1000)} (${(bytes / 1e6).toFixed(1)} MB).`,
          );
          return;
        }
        const { trained, skipped } = await train(library, {
          tuned: await readSettings(library.dir),
          models,
          seed: flags.seed,
          set,
          signal,
          onProgress: (p) => progress.update(p.overall, `${p.model} (${p.number} of ${p.of}): ${p.note}`),
        });
        // Takes negligible time next to a training and lets a server start sooner; an import would take a third longer.
        progress.update(1, 'indexing names');
        await saveSearch(library);
        progress.clear();
        for (const { id, reason } of skipped) progress.say(`Skipped ${id}: ${reason}`);
        for (const { id, seconds, bytes } of trained)
          progress.say(`Trained ${id} in ${duration(seconds)} (${(bytes / 1e6).toFixed(1)} MB).`);
      }).finally(() => progress.clear());
    });
}
