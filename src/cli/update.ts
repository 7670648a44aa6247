import type { Command } from 'commander';
import { update } from '../recommend/update.ts';
import { cancellable, openLibrary } from './context.ts';
import { duration, Progress } from './progress.ts';

export function register(program: Command): void {
  program
    .command('update')
    .summary('take new playlists into the trained models, without training')
    .description(
      'Brings every saved model that allows it exactly to the present state of the library, in seconds, and says which ones only `segue train` brings up to date.',
    )
    .action(async (_flags: object, command: Command) => {
      const library = await openLibrary(command);
      const progress = new Progress();
      const result = await cancellable((signal) =>
        update(library, { signal, onProgress: (fraction, id) => progress.update(fraction, `updating ${id}`) }),
      ).finally(() => progress.clear());
      for (const { id, seconds } of result.exact)
        progress.say(`${id}: up to date (${duration(seconds)}), exactly as if trained now.`);
      for (const { id, answers } of result.needTraining)
        progress.say(
          `${id}: ${answers ? 'answers from what it learned before; new playlists and songs in a query are taken as they are' : 'the catalogue has changed, so it no longer fits'}. Run \`segue train ${id}\`.`,
        );
      if (result.exact.length + result.needTraining.length === 0)
        progress.say('No model is trained yet: run `segue train`.');
    });
}
