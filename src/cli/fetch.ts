import type { Command } from 'commander';
import type { FactKind } from '../connect/facts/facts.ts';
import { fetchFacts } from '../connect/facts/fetch-facts.ts';
import { PROVIDER_NAMES, providerOf } from '../connect/facts/providers.ts';
import { withConnected } from './connected.ts';
import { cancellable, openLibrary } from './context.ts';
import { registerOpen } from './fetch-open.ts';
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
    .summary('look up facts elsewhere, or download open data')
    .description(
      'Looks up facts by Spotify id and writes them to a CSV table, or downloads an open data set. After an interruption, the same command resumes. Spotify forbids training models on data from its API; facts from ReccoBeats may be imported.',
    );
  registerOpen(fetching);
  for (const [kind, what] of Object.entries(KINDS) as [FactKind, string][])
    fetching
      .command(kind)
      .summary(what)
      .option(
        '--from <provider>',
        `${PROVIDER_NAMES.join(' or ')}; spotify needs a connected account, reccobeats has features only`,
        'spotify',
      )
      .option(
        '--list <file>',
        'Spotify ids or links, one per line; - reads standard input (default: the whole library)',
      )
      .option('-o, --out <file>', `the table (default: ${kind}.csv)`)
      .action((flags: Flags, command: Command) =>
        withConnected(command, async ({ connections }) => {
          const { from, list, out = `${kind}.csv` } = flags;
          const ids = idsIn(list === undefined ? await libraryIds(command, kind) : await readPlaylistFile(list), kind);
          const progress = new Progress();
          const report = await cancellable((signal) =>
            fetchFacts({
              provider: providerOf(from, connections),
              kind,
              ids,
              out,
              signal,
              onProgress: ({ fraction, note }) => progress.update(fraction, note),
            }),
          ).finally(() => progress.clear());
          process.stdout.write(
            `${out}: ${report.rows} rows, ${report.added} of them new; ${report.unknown} ids unknown there, see ${out}.errors.csv.\n`,
          );
        }),
      );
}

/** Every id of a kind in a text: bare, as a URI or in a link. */
export function idsIn(text: string, kind: FactKind): string[] {
  const what = kind === 'artists' ? 'artist' : 'track';
  const pattern = new RegExp(`(?:^|[:/]${what}[:/])([0-9A-Za-z]{22})(?![0-9A-Za-z])`);
  return text.split(/\r?\n/).flatMap((line) => pattern.exec(line.trim())?.[1] ?? []);
}

/** The Spotify ids of the library, one per line. */
async function libraryIds(command: Command, kind: FactKind): Promise<string> {
  const { tracks, artists } = await (await openLibrary(command)).dataset();
  const { vocabulary } = kind === 'artists' ? artists : tracks;
  return Array.from({ length: vocabulary.size }, (_, n) => vocabulary.id(n)).join('\n');
}
