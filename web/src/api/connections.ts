import { ask, client } from './client.ts';
import type { operations } from './schema.generated.ts';

type Ok<Id extends keyof operations> = operations[Id]['responses'] extends {
  200: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

export type Service = Ok<'listConnections'>['services'][number];
export type Connection = Ok<'listConnections'>['connections'][number];
export type SyncState = Ok<'syncState'>;
export type Sent = Ok<'sendList'>;
export type Weekly = NonNullable<Ok<'weekly'>['weekly']>;
export type Host = Ok<'contactedHosts'>['hosts'][number];

const at = (id: string) => ({ path: { id } });

/** Accounts and servers elsewhere, and the programs that connect to Segue. */
export const elsewhere = {
  all: (signal?: AbortSignal) => ask(client.GET('/api/connections', { signal })),
  hosts: (signal?: AbortSignal) => ask(client.GET('/api/connections/hosts', { signal })),
  connect: (service: string, listener: string, settings: Record<string, string>) =>
    ask(client.POST('/api/connections', { body: { service, listener, settings } })),
  /** @returns the service's page to open in the browser */
  beginSignIn: (service: string, listener: string, settings: Record<string, string>) =>
    ask(client.POST('/api/connections/sign-in', { body: { service, listener, settings } })),
  /** @returns the code to show, and the argument for `lookForCode` */
  beginByCode: (service: string, listener: string, settings: Record<string, string>) =>
    ask(client.POST('/api/connections/code', { body: { service, listener, settings } })),
  lookForCode: (id: string, signal?: AbortSignal) =>
    ask(client.POST('/api/connections/code/look', { body: { id }, signal })),
  signInProblem: (listener: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/sign-in', { params: at(listener), signal })),
  disconnect: (id: string, data: boolean) =>
    ask(client.DELETE('/api/connections/{id}', { params: { ...at(id), query: { data } } })),
  sync: (id: string) => ask(client.POST('/api/connections/{id}/sync', { params: at(id) })),
  syncState: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/connections/{id}/sync', { params: at(id), signal })),
  send: (id: string, body: { key: string; name: string; songs: string[] }) =>
    ask(client.POST('/api/connections/{id}/lists', { params: at(id), body })),
  missing: (id: string, songs: string[], signal?: AbortSignal) =>
    ask(client.POST('/api/connections/{id}/missing', { params: at(id), body: { songs }, signal })),
  files: (id: string, songs: string[]) =>
    ask(client.POST('/api/connections/{id}/files', { params: at(id), body: { songs } })),
  weekly: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/connections/{id}/weekly', { params: at(id), signal })),
  chooseWeekly: (id: string, body: { mixes: boolean; lists: string[] }) =>
    ask(client.PUT('/api/connections/{id}/weekly', { params: at(id), body })),
  endWeekly: (id: string) => ask(client.DELETE('/api/connections/{id}/weekly', { params: at(id) })),
  byCluster: (listener: string) =>
    ask(client.GET('/api/listeners/{id}/by-cluster', { params: { ...at(listener), query: { n: 50 } } })),
  tokens: (signal?: AbortSignal) => ask(client.GET('/api/access-tokens', { signal })),
  createToken: (listener: string, name: string) => ask(client.POST('/api/access-tokens', { body: { listener, name } })),
  revokeToken: (id: string) => ask(client.DELETE('/api/access-tokens/{id}', { params: at(id) })),
};
