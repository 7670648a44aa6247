import { SegueError } from '../../errors.ts';
import type { Connections } from '../connections.ts';
import type { Connection } from '../contract.ts';
import { outgoingTo } from '../network.ts';
import { waitFor } from '../wait.ts';
import type { FactProvider } from './facts.ts';
import { RECCOBEATS, reccobeats } from './reccobeats.ts';

/** All providers of facts, one line each; opening one makes no request. */
const PROVIDERS: Readonly<Record<string, (connections: Connections) => FactProvider>> = {
  spotify: (connections) => accountAt(connections, 'spotify').facts!,
  reccobeats: ({ store }) => {
    const hosts = [{ origin: RECCOBEATS, why: 'ReccoBeats: looks up audio features for `segue fetch`' }];
    return reccobeats({ outgoing: outgoingTo('fetch', hosts, store), wait: waitFor });
  },
};

export const PROVIDER_NAMES = Object.keys(PROVIDERS);

/** @throws SegueError USAGE, NOT_FOUND when it needs an account and none is connected */
export function providerOf(name: string, connections: Connections): FactProvider {
  if (!Object.hasOwn(PROVIDERS, name))
    throw new SegueError('USAGE', { got: `--from ${name.slice(0, 60)}`, expected: PROVIDER_NAMES.join(' or ') });
  return PROVIDERS[name]!(connections);
}

/** The first connected account of a service. @throws SegueError NOT_FOUND */
export function accountAt(connections: Connections, service: string): Connection {
  const record = connections.store.list().find((connection) => connection.service === service);
  if (record) return connections.open(record.id).connection;
  throw new SegueError('NOT_FOUND', {
    got: `There is no connected account for ${service}`,
    remedy: `Sign in with \`segue connect ${service}\``,
  });
}
