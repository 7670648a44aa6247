import { ask, client, type Outcome } from './client.ts';
import type { operations } from './schema.generated.ts';

type Ok<Id extends keyof operations> = operations[Id]['responses'] extends {
  200: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;

export type Listener = Ok<'listListeners'>['listeners'][number];
export type ListenerDetail = Ok<'getListener'>;
export type PersonalList = Ok<'forYou'>;
export type Listening = Ok<'listeningReport'>;
export type Play = Ok<'listPlays'>['items'][number];
export type Opinion = Ok<'listLikes'>['items'][number];
export type Ban = Ok<'listBans'>['bans'][number];
export type StoredList = Ok<'listSavedLists'>['items'][number];
export type OwnImport = Ok<'getOwnImport'>;
export type Review = Ok<'listReviews'>['items'][number];
export type BacktestJob = Ok<'backtest'>;

type ListBody = operations['saveList']['requestBody']['content']['application/json'];

/** A page of a long list. */
export interface Part {
  q?: string;
  after?: string;
}

/** A song as identified in feedback, and its position. */
export interface Feedback {
  song: { uri: string; name: string; artists: readonly string[] };
  kind: 'play' | 'like' | 'ban' | 'unban';
  list: string | null;
  position: number;
  model: string;
  /** For a ban: when it ends, milliseconds since 1970. */
  until?: number;
}

/** Streams the file unchanged; the generated client would read it as JSON. */
async function sendFile(id: string, file: File, signal: AbortSignal): Promise<string> {
  const query = new URLSearchParams({ name: file.name.slice(-255) });
  const call = fetch(`/api/listeners/${encodeURIComponent(id)}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  }).then(async (response): Promise<Outcome<{ file: string }>> => {
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: body as { file: string }, response } : { error: body, response };
  });
  return (await ask(call)).file;
}

const at = (id: string) => ({ path: { id } });

/** Everything about the people of the household. */
export const people = {
  all: (signal?: AbortSignal) => ask(client.GET('/api/listeners', { signal })),
  add: (name: string) => ask(client.POST('/api/listeners', { body: { name } })),
  get: (id: string, signal?: AbortSignal) => ask(client.GET('/api/listeners/{id}', { params: at(id), signal })),
  set: (id: string, body: { consent?: boolean; rememberShown?: boolean }) =>
    ask(client.PATCH('/api/listeners/{id}/settings', { params: at(id), body })),
  erase: (id: string) => ask(client.DELETE('/api/listeners/{id}', { params: at(id) })),
  exportAddress: (id: string): string => `/api/listeners/${encodeURIComponent(id)}/export`,
  /** More of a year's most played songs, by the local calendar. */
  fromYear: (id: string, year: number, signal?: AbortSignal) =>
    ask(
      client.GET('/api/listeners/{id}/period', {
        params: {
          ...at(id),
          query: { from: new Date(year, 0).getTime(), to: new Date(year + 1, 0).getTime(), n: 30, details: true },
        },
        signal,
      }),
    ),
  forYou: (id: string, newness: number, signal?: AbortSignal) =>
    ask(
      client.GET('/api/listeners/{id}/for-you', {
        params: { ...at(id), query: { newness, n: 40, details: true } },
        signal,
      }),
    ),
  mixes: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/mixes', { params: { ...at(id), query: { n: 20 } }, signal })),
  goOn: (id: string, list: string, signal?: AbortSignal) =>
    ask(
      client.GET('/api/listeners/{id}/lists/{list}/continue', {
        params: { path: { id, list }, query: { n: 30, details: true } },
        signal,
      }),
    ),
  tell: (id: string, { song, ...event }: Feedback) =>
    ask(
      client.POST('/api/listeners/{id}/events', {
        params: at(id),
        body: {
          ...event,
          id: crypto.randomUUID(),
          at: Date.now(),
          song: song.uri,
          title: song.name,
          artists: [...song.artists],
        },
      }),
    ),
  plays: (id: string, query: Part, removed: boolean, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/plays', { params: { ...at(id), query: { ...query, removed } }, signal })),
  removePlays: (id: string, ids: string[]) =>
    ask(client.POST('/api/listeners/{id}/plays/remove', { params: at(id), body: { ids } })),
  restorePlays: (id: string, ids: string[]) =>
    ask(client.POST('/api/listeners/{id}/plays/restore', { params: at(id), body: { ids } })),
  likes: (id: string, query: Part, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/likes', { params: { ...at(id), query }, signal })),
  like: (id: string, song: { song: string; title: string; artists: string[] }) =>
    ask(client.POST('/api/listeners/{id}/likes', { params: at(id), body: { songs: [song] } })),
  unlike: (id: string, song: string) =>
    ask(client.DELETE('/api/listeners/{id}/likes/{song}', { params: { path: { id, song } } })),
  bans: (id: string, signal?: AbortSignal) => ask(client.GET('/api/listeners/{id}/bans', { params: at(id), signal })),
  ban: (id: string, { kind, target, label, until }: Omit<Ban, 'at'>) =>
    ask(client.POST('/api/listeners/{id}/bans', { params: at(id), body: { kind, target, label, until } })),
  unban: (id: string, kind: Ban['kind'], target: string) =>
    ask(client.DELETE('/api/listeners/{id}/bans/{kind}/{target}', { params: { path: { id, kind, target } } })),
  lists: (id: string, query: Part & { limit?: number }, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/lists', { params: { ...at(id), query }, signal })),
  list: (id: string, list: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/lists/{list}', { params: { path: { id, list } }, signal })),
  saveList: (id: string, body: ListBody) => ask(client.POST('/api/listeners/{id}/lists', { params: at(id), body })),
  saveVersion: (id: string, list: string, body: ListBody) =>
    ask(client.PUT('/api/listeners/{id}/lists/{list}', { params: { path: { id, list } }, body })),
  versions: (id: string, list: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/lists/{list}/versions', { params: { path: { id, list } }, signal })),
  version: (id: string, list: string, version: number, signal?: AbortSignal) =>
    ask(
      client.GET('/api/listeners/{id}/lists/{list}/versions/{version}', {
        params: { path: { id, list, version } },
        signal,
      }),
    ),
  /** Makes an old version the latest again. */
  revert: (id: string, list: string, version: number) =>
    ask(
      client.POST('/api/listeners/{id}/lists/{list}/versions/{version}/revert', {
        params: { path: { id, list, version } },
      }),
    ),
  removeList: (id: string, list: string) =>
    ask(client.DELETE('/api/listeners/{id}/lists/{list}', { params: { path: { id, list } } })),
  restoreList: (id: string, list: string) =>
    ask(client.POST('/api/listeners/{id}/lists/{list}/restore', { params: { path: { id, list } } })),
  sendFile,
  bring: (id: string, files: string[]) =>
    ask(client.POST('/api/listeners/{id}/own-imports', { params: at(id), body: { files } })),
  imports: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/own-imports', { params: at(id), signal })),
  stopImport: (id: string, job: string) =>
    ask(client.DELETE('/api/listeners/{id}/own-imports/{job}', { params: { path: { id, job } } })),
  reviews: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/review', { params: { ...at(id), query: { limit: 20 } }, signal })),
  settle: (id: string, own: string, choose: string) =>
    ask(client.POST('/api/listeners/{id}/review', { params: at(id), body: { own, choose } })),
  listening: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/listening', { params: at(id), signal })),
  backtest: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/listeners/{id}/backtest', { params: at(id), signal })),
};
