import type { Command } from 'commander';
import { DEFAULT_HOST, DEFAULT_PORT } from '../config.ts';
import type { Configuration } from '../configuration/settings.ts';
import { isLoopback } from '../serve/host-names.ts';
import { loadServer } from '../serve/load-server.ts';
import { beginOpening } from '../serve/opening.ts';
import type { Server } from '../serve/server.ts';
import { configurationOf, openLibrary, repeated, wholeNumber } from './context.ts';

export const withServeOptions = (command: Command): Command =>
  command
    .option('--host <address>', `address to listen on (default: ${DEFAULT_HOST})`)
    .option('--port <number>', `port; 0 picks a free one (default: ${DEFAULT_PORT})`, wholeNumber('--port', 0, 65_535))
    .option(
      '--health-port <number>',
      'second port that answers only /healthz and /readyz, however busy the server is (default: none)',
      wholeNumber('--health-port', 0, 65_535),
    )
    .option('--allowed-host <name>', 'another host name that requests may use; repeatable', repeated)
    .option('--trusted-proxy <address>', 'a proxy whose X-Forwarded headers are trusted; repeatable', repeated)
    .option('--sign-in', 'require sign-in on loopback too, e.g. behind a reverse proxy')
    .option('--open-without-sign-in', 'beyond loopback: let in everyone who can reach the port')
    .option('--keep-unknown', 'let requests add the ids of missing songs to the catalogue at the next training')
    .option('--log-level <level>', 'error, warn, info (a line per request) or debug (default: warn)');

/** Prints who has access: everyone, if configured so, or the first administrator, by a link that works once. */
export function sayWhoMayEnter({ host, signIn, openWithoutSignIn }: Configuration, { firstRun }: Server): void {
  if (firstRun !== null)
    process.stderr.write(
      `Nobody can sign in yet. Open this link within a day to become the administrator; it works once:\n  ${firstRun}\n`,
    );
  if (!isLoopback(host) && openWithoutSignIn && !signIn)
    process.stderr.write(
      `Segue listens on ${host} without sign-in: anyone who can reach this port can use it and change the library.\n`,
    );
}

export function register(program: Command): void {
  withServeOptions(
    program
      .command('serve')
      .summary('serve the web app and the HTTP API')
      .description('Serves the web app and the HTTP API until Ctrl-C.'),
  ).action(async (_flags: object, command: Command) => {
    const { values } = configurationOf(command);
    const library = await openLibrary(command);
    const opening = await beginOpening(library, values);
    // A thousand modules, loaded in parallel with reading the library.
    const { startServer } = await loadServer();
    const server = await startServer(library, values, opening);
    sayWhoMayEnter(values, server);
    const stopped = untilStopped(server);
    process.stderr.write(`Segue is ready at ${server.address}\n`);
    await stopped;
  });
}

/** Waits for Ctrl-C or SIGTERM, then closes what is open; a second signal ends the process at once. */
export function untilStopped(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      server.close().then(resolve, reject);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
