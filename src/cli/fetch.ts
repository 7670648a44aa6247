import type { Command } from 'commander';
import type { FactKind, FactProvider } from '../connect/facts/facts.ts';
import { fetchFacts } from '../connect/facts/fetch-facts.ts';
import { RECCOBEATS, reccobeats } from '../connect/facts/reccobeats.ts';
import { outgoingTo } from '../connect/network.ts';
import type { Connected } from '../connect/open.ts';
import { waitFor } from '../connect/wait.ts';
import { SegueError } from '../errors.ts';
import { withConnected } from './connected.ts';
import { cancellable, openLibrary } from './context.ts';
import { readPlaylistFile } from './playlist-file.ts';
import { Progress } from './progress.ts';

interface Flags {
  from: string;
  list?: string;
  out?: string;
}

const KINDS: Readonly<Record<FactKind, string>> = {
  features: 'audio features of songs',
  tracks: 'names, release dates and popularity of songs',
  artists: 'genres and popularity of artists',
};

export function register(program: Command): void {
  const fetching = program
    .command('fetch')
    .summary('look up audio features, release dates, popularity and genres elsewhere')
    .description(
      'Looks up facts by Spotify id and writes them to a CSV table. Stopped anywhere, the same command resumes. Spotify forbids training models on what its API says; facts from ReccoBeats may be imported.',
    );
  for (const [kind, what] of Object.entries(KINDS) as [FactKind, string][])
    fetching
      .command(kind)
      .summary(what)
      .option(
        '--from <provider>',
        'spotify (a connected account), or reccobeats (features only, no account)',
        'spotify',
      )
      .option('--list <file>', 'Spotify ids or links, one a line; - reads standard input (default: the whole library)')
      .option('-o, --out <file>', `the table (default ${kind}.csv)`)
      .action((flags: Flags, command: Command) =>
        withConnected(command, async (connected) => {
          const { from, list, out = `${kind}.csv` } = flags;
          const ids = idsIn(list === undefined ? await libraryIds(command, kind) : await readPlaylistFile(list), kind);
          const progress = new Progress();
          const report = await cancellable((signal) =>
            fetchFacts({
              provider: providerOf(from, connected),
              kind,
              ids,
              out,
              signal,
              onProgress: (done, of) => progress.update(done / of, `${done} of ${of} ${kind}`),
            }),
          ).finally(() => progress.clear());
          process.stdout.write(
            `${out}: ${report.rows} rows, ${report.added} of them new; ${report.unknown} ids not known there, see ${out}.errors.csv.\n`,
          );
        }),
      );
}

/** The facts of a provider. @throws SegueError USAGE, NOT_FOUND without a connected account */
function providerOf(from: string, { connections }: Connected): FactProvider {
  if (from === 'reccobeats') {
    const hosts = [{ origin: RECCOBEATS, why: 'ReccoBeats: looks up audio features that `segue fetch` asked for' }];
    return reccobeats({ outgoing: outgoingTo('fetch', hosts, connections.store), wait: waitFor });
  }
  if (from !== 'spotify') throw new SegueError('USAGE', { got: `--from ${from}`, expected: 'spotify or reccobeats' });
  return spotifyOf(connections).facts!;
}

/** The first connected Spotify account. @throws SegueError NOT_FOUND */
export function spotifyOf(connections: Connected['connections']) {
  const record = connections.store.list().find(({ service }) => service === 'spotify');
  if (!record)
    throw new SegueError('NOT_FOUND', {
      got: 'No Spotify account is connected',
      remedy: 'Sign in with `segue connect spotify`',
    });
  return connections.open(record.id).connection;
}

/** Every id of a kind that a text holds: bare, as a URI or in a link. */
export function idsIn(text: string, kind: FactKind): string[] {
  const what = kind === 'artists' ? 'artist' : 'track';
  const pattern = new RegExp(`(?:^|[:/]${what}[:/])([0-9A-Za-z]{22})(?![0-9A-Za-z])`);
  return text.split(/\r?\n/).flatMap((line) => pattern.exec(line.trim())?.[1] ?? []);
}

/** The Spotify ids of the library, one a line. */
async function libraryIds(command: Command, kind: FactKind): Promise<string> {
  const { tracks, artists } = await (await openLibrary(command)).dataset();
  const { vocabulary } = kind === 'artists' ? artists : tracks;
  return Array.from({ length: vocabulary.size }, (_, n) => vocabulary.id(n)).join('\n');
}
