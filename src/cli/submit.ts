import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { readChallengeSet } from '../evaluate/files/challenge-set.ts';
import { makeSubmission, verifySubmission, writeSubmission } from '../evaluate/files/submission.ts';
import { ModelStore } from '../recommend/model-store.ts';
import { cancellable, openLibrary } from './context.ts';
import { requireWritable } from './output-file.ts';
import { Progress } from './progress.ts';

interface SubmitOptions {
  out: string;
  model?: string;
  team: string;
  email: string;
}

/** Adds `segue submit`. */
export function register(program: Command): void {
  program
    .command('submit')
    .summary('answer a Million Playlist Dataset challenge set and write the submission')
    .description('Answers a Million Playlist Dataset challenge set and writes the submission file.')
    .argument('<challenge-set>', 'challenge_set.json, plain or .gz')
    .requiredOption('--out <file>', 'submission file, e.g. submission.csv.gz')
    .option('--model <id>', 'trained model to use (default: the best trained one)')
    .option('--team <name>', 'team name in the first line', 'segue')
    .option('--email <address>', 'contact address in the first line', 'nobody@example.com')
    .action(async (challengeSet: string, options: SubmitOptions, command: Command) => {
      await requireWritable(options.out, '--out');
      const set = await readChallengeSet(challengeSet);
      const library = await openLibrary(command);
      const dataset = await library.dataset();
      const models = new ModelStore(library, dataset, await library.listModels());
      const id = options.model ?? models.defaultId;
      if (id === null)
        throw new SegueError('MODEL_NOT_TRAINED', { got: 'No model is trained', remedy: 'Run `segue train` first' });
      const fitted = await models.get(id);
      const progress = new Progress();
      const { lines, filled, unknownSeeds } = await cancellable(async (signal) =>
        makeSubmission(set, dataset, fitted, {
          team: options.team,
          email: options.email,
          signal,
          onProgress: ({ fraction, note }) => progress.update(fraction, `${id}: ${note}`),
        }),
      );
      progress.clear();
      await writeSubmission(options.out, lines);
      const problems = await verifySubmission(options.out, set);
      if (problems.length > 0)
        throw new SegueError('INTERNAL', { got: `The submission breaks a rule: ${problems[0]}` });
      process.stdout.write(
        `${options.out}: ${set.length} playlists answered by ${id}, verified; ${filled} lists padded with popular tracks, ${unknownSeeds} seeds unknown to the library\n`,
      );
    });
}
