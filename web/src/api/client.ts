import createClient from 'openapi-fetch';
import { sendWhenFree } from './busy.ts';
import type { paths } from './schema.generated.ts';
import type { Job, JobRequest, RecommendRequest } from './types.ts';

export const client = createClient<paths>({ baseUrl: '', fetch: sendWhenFree });

/** An error, ready to be shown. */
export class ApiError extends Error {
  /** A code of the server's catalogue, or OFFLINE when there was no answer. */
  readonly code: string;
  readonly remedy: string | null;

  constructor(code: string, message: string, remedy: string | null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.remedy = remedy;
  }

  get offline(): boolean {
    return this.code === 'OFFLINE';
  }
}

/** What happened and what to do about it, for a person to read. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong. Try again.';
  const remedy = error instanceof ApiError ? error.remedy : null;
  return remedy && !error.message.includes(remedy) ? `${error.message} ${remedy}` : error.message;
}

export interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

interface ErrorBody {
  error: { code: string; message: string; remedy: string | null };
}

const isErrorBody = (value: unknown): value is ErrorBody =>
  typeof value === 'object' && value !== null && typeof (value as Partial<ErrorBody>).error?.message === 'string';

/** The response, or an ApiError; an aborted call keeps its AbortError. */
export async function ask<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(
      'OFFLINE',
      'Can’t reach Segue.',
      'Check that Segue is running and that this device is on its network, then try again. Your list is safe.',
    );
  }
  // A response without content, for a removal, has no data.
  if (outcome.response.ok && (outcome.data !== undefined || outcome.response.status === 204)) return outcome.data as T;
  if (isErrorBody(outcome.error)) {
    const { code, message, remedy } = outcome.error.error;
    // The session has ended; the sign-in page is outside the app.
    if (code === 'NOT_SIGNED_IN') window.location.assign('/sign-in');
    throw new ApiError(code, message, remedy);
  }
  throw new ApiError(
    outcome.response.status >= 502 ? 'OFFLINE' : 'INTERNAL',
    `The server answered with status ${outcome.response.status}.`,
    null,
  );
}

/** Content of an imported file. */
export type ImportSource = 'mpd' | 'tracks' | 'artists' | 'interactions';

/** Streams the file unchanged; the generated client would read it as JSON. */
async function importFile(file: File, source: ImportSource): Promise<Job> {
  const query = new URLSearchParams({ source, name: file.name.slice(-255) });
  const call = fetch(`/api/imports?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).then(async (response): Promise<Outcome<Job>> => {
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: body as Job, response } : { error: body, response };
  });
  return ask(call);
}

export const api = {
  importFile,
  forgetImport: (file: string) => ask(client.DELETE('/api/imports', { params: { query: { file } } })),
  recommend: (body: RecommendRequest, signal?: AbortSignal) =>
    ask(client.POST('/api/recommendations', { body, signal })),
  search: (q: string, limit: number, signal?: AbortSignal) =>
    ask(client.GET('/api/tracks', { params: { query: { q, limit } }, signal })),
  resolve: (text: string, signal?: AbortSignal) =>
    ask(client.POST('/api/resolve', { body: { text, suggestions: 3 }, signal })),
  owners: (q: string, limit: number, signal?: AbortSignal) =>
    ask(client.GET('/api/owners', { params: { query: { q, limit } }, signal })),
  owner: (id: string, signal?: AbortSignal) =>
    ask(client.GET('/api/owners/{id}', { params: { path: { id } }, signal })),
  models: (signal?: AbortSignal) => ask(client.GET('/api/models', { signal })),
  library: (signal?: AbortSignal) => ask(client.GET('/api/library', { signal })),
  genres: (q: string, limit: number, signal?: AbortSignal) =>
    ask(client.GET('/api/genres', { params: { query: { q, limit } }, signal })),
  explore: (signal?: AbortSignal) => ask(client.GET('/api/explore', { signal })),
  evaluation: (signal?: AbortSignal) => ask(client.GET('/api/evaluation', { signal })),
  experiments: (signal?: AbortSignal) => ask(client.GET('/api/experiments', { signal })),
  map: (signal?: AbortSignal) => ask(client.GET('/api/map', { signal })),
  mapPoints: (signal?: AbortSignal) =>
    ask(client.GET('/api/map/points', { parseAs: 'arrayBuffer', signal }) as Promise<Outcome<ArrayBuffer>>),
  mapTracks: (numbers: number[], signal?: AbortSignal) =>
    ask(client.POST('/api/map/tracks', { body: { numbers }, signal })),
  connections: (signal?: AbortSignal) => ask(client.GET('/api/connections', { signal })),
  jobs: (signal?: AbortSignal) => ask(client.GET('/api/jobs', { signal })),
  startJob: (body: JobRequest) => ask(client.POST('/api/jobs', { body })),
  cancelJob: (id: string) => ask(client.DELETE('/api/jobs/{id}', { params: { path: { id } } })),
  health: (signal?: AbortSignal) => ask(client.GET('/healthz', { signal })),
};
