import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { Engine } from '../recommend/engine.ts';
import { openLibrary, wholeNumber } from './context.ts';
import { table } from './table.ts';

interface PathFlags {
  n?: number;
  json?: boolean;
}

export function register(program: Command): void {
  program
    .command('path')
    .summary('find songs that lead from one song to another')
    .description(
      'Finds songs that lead from one song to another in even steps: by sound where `segue analyse` measured both songs, otherwise by features, artist, album and genre.',
    )
    .argument('<from>', '"artist - title", URI, link or id')
    .argument('<to>', 'the same')
    .option('-n <number>', 'songs, both ends included, 2–200 (default: 12)', wholeNumber('-n', 2, 200))
    .option('--json', 'print JSON only')
    .action(async (from: string, to: string, flags: PathFlags, command: Command) => {
      const engine = await Engine.open(await openLibrary(command), { ahead: 'none' });
      const [first, last] = [await engine.queries.song(from), await engine.queries.song(to)];
      if (first.uri === last.uri)
        throw new SegueError('USAGE', {
          got: `Both ends are the same song: ${first.label}`,
          expected: 'two different songs',
          remedy: 'Choose another song for one end, or use `segue recommend --song` for songs like this one',
        });
      const answer = await engine.path({ from: first.uri, to: last.uri, n: flags.n });
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(answer)}\n`);
        return;
      }
      const fact = (value: number | null): string => (value === null ? '' : value.toFixed(0));
      const rows = answer.tracks.map(({ name, artists, similarity, beat, lufs }, i) => [
        String(i + 1),
        name,
        artists.join(', '),
        i === 0 ? '' : similarity.toFixed(2),
        fact(beat),
        fact(lufs),
      ]);
      const columns = ['#', 'song', 'artist', 'similar', 'BPM', 'LUFS'];
      process.stdout.write(`${table(columns, rows, { widths: [3, 40, 30, 7, 4, 5], right: [0, 3, 4, 5] })}\n`);
      process.stdout.write(
        answer.bySound
          ? `By measured sound, ${answer.tookMs} ms\n`
          : `By features, artist, album and genre, because at least one of the two was not analysed. ${answer.tookMs} ms\n`,
      );
    });
}
