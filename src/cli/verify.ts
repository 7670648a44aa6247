import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { readChallengeSet } from '../evaluate/files/challenge-set.ts';
import { verifySubmission } from '../evaluate/files/submission.ts';

const SHOWN = 10;

/** Adds `segue verify`. */
export function register(program: Command): void {
  program
    .command('verify')
    .summary('check a submission against the challenge rules')
    .description('Checks a submission against the rules of the Million Playlist Dataset challenge.')
    .argument('<submission>', 'submission file, .csv or .csv.gz')
    .argument('<challenge-set>', 'challenge_set.json, plain or .gz')
    .action(async (submission: string, challengeSet: string) => {
      const set = await readChallengeSet(challengeSet);
      const problems = await verifySubmission(submission, set);
      if (problems.length === 0) {
        process.stdout.write(`${submission} is valid: ${set.length} playlists, 500 tracks each\n`);
        return;
      }
      const more = problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : '';
      throw new SegueError('RUN_INVALID', {
        got: `${submission} breaks the rules: ${problems.slice(0, SHOWN).join('; ')}${more}`,
        expected: 'a team_info line, then 500 distinct tracks per pid, none of them a seed',
      });
    });
}
