import { ask, client } from './client.ts';

/** Music files on the server's machine, and paths between songs. */
export const sounds = {
  possible: (signal?: AbortSignal) => ask(client.GET('/api/analyses', { signal })),
  analyse: (folder: string, embedding: boolean) => ask(client.POST('/api/analyses', { body: { folder, embedding } })),
  path: (from: string, to: string, n: number, signal?: AbortSignal) =>
    ask(client.POST('/api/path', { body: { from, to, n }, signal })),
};
