import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Service } from '../connect/contract.ts';
import { type HostLine, hostLines } from '../connect/host-lines.ts';
import { isSecret } from '../connect/settings.ts';
import { CALLBACK } from '../connect/sign-ins.ts';
import type { ConnectionRecord } from '../connect/store.ts';
import { SegueError } from '../errors.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { signInByCode } from './code-sign-in.ts';
import { withConnected } from './connected.ts';
import { repeated } from './context.ts';
import { pair } from './pairs.ts';
import { printable, table } from './table.ts';

interface Flags {
  set?: string[];
  listener?: string;
  code?: boolean;
}

export function register(program: Command): void {
  program
    .command('connect')
    .summary('sign in to a service or music server, or create an access token')
    .description(
      `Signs in to a service, e.g. \`segue connect subsonic --listener Alice --set address=http://nas:4533 --set user=alice\`. Asks for the password, or reads it from standard input. \`segue connect spotify --listener Alice --set clientId=…\` signs in on the service's own page, for an application registered at developer.spotify.com with the redirect address http://127.0.0.1${CALLBACK} without a port. \`segue connect token\` creates an access token for the Navidrome plugin or a scrobbler. Without a service, lists the connections and every host that Segue has contacted or will contact.`,
    )
    .argument('[service]', 'spotify, subsonic, …, or token')
    .option('--listener <name>', 'the listener the connection belongs to')
    .option('--set <name=value>', 'a setting of the service; repeatable', repeated)
    .option('--code', 'sign in with a code that you confirm in an app of the service (Jellyfin: Quick Connect)')
    .action((id: string | undefined, flags: Flags, command: Command) =>
      withConnected(command, async ({ connections, signIns, codeSignIns, tokens, repository }) => {
        if (id === undefined) return listAll(connections.store.list(), hostLines(connections));
        const listener = await repository.listeners.find(needed(flags.listener));
        if (id === 'token') {
          const { token } = tokens.create(listener.id, 'created on the command line');
          process.stdout.write(`${token}\n`);
          return;
        }
        const service = connections.serviceOf(id);
        const given: Record<string, string> = Object.fromEntries(
          (flags.set ?? []).map((text) => pair(text, '--set', 'user=alice')),
        );
        if (flags.code) {
          const account = { service: id, listener: listener.id, settings: given, way: service.byCode?.title ?? '' };
          const say = (text: string): void => void process.stderr.write(text);
          return connected(await signInByCode(codeSignIns, account, say), service);
        }
        if (service.browser) {
          const terminal = { input: process.stdin, say: (text: string) => void process.stderr.write(text) };
          const account = { service: id, listener: listener.id, settings: given };
          return connected(await signInByBrowser(signIns, account, terminal), service);
        }
        for (const [name, field] of Object.entries(service.settings.properties))
          if (isSecret(field)) {
            if (name in given)
              throw new SegueError('USAGE', {
                got: `"${name}" is a secret, and other users of this machine can read the command line`,
                expected: 'it at the prompt or on standard input',
              });
            given[name] = await ask(name);
          }
        connected(await connections.connect(id, listener.id, given), service);
      }),
    );
}

function connected(record: ConnectionRecord, service: Service): void {
  const hosts = service.hosts(record.settings).map((host) => host.origin);
  process.stdout.write(
    `Connected: ${printable(record.account)} as ${record.id}. It contacts only ${hosts.join(', ')}.\nRead it with \`segue sync ${record.id}\`.\n`,
  );
}

function needed(listener: string | undefined): string {
  if (listener === undefined)
    throw new SegueError('USAGE', { got: 'No listener was given', expected: '--listener NAME' });
  return listener;
}

/** Prompts on standard error and reads from standard input, so that nothing appears in the process list or the shell's history. */
async function ask(name: string): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  process.stderr.write(`${name}: `);
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}

function listAll(
  records: readonly { id: string; listener: string; account: string; problem: string | null }[],
  hosts: readonly HostLine[],
): void {
  if (records.length === 0) process.stdout.write('There are no connections.\n');
  else
    process.stdout.write(
      `${table(
        ['id', 'listener', 'account', 'problem'],
        records.map((r) => [r.id, r.listener, r.account, r.problem ?? '']),
      )}\n`,
    );
  if (hosts.length === 0) process.stdout.write('No host has been contacted.\n');
  else
    process.stdout.write(
      `\n${table(
        ['host', 'requests', 'last', 'why'],
        hosts.map(({ origin, requests, lastAt, why }) => [
          origin,
          String(requests),
          lastAt === null ? 'never' : new Date(lastAt).toISOString().slice(0, 16).replace('T', ' '),
          why.join('; '),
        ]),
        { right: [1] },
      )}\n`,
    );
}
