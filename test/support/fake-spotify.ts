import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpotifyContract } from './spotify-contract.ts';

/** A track as returned by the API; parts may be null or missing, as in the real one. */
export type FakeTrack = Record<string, unknown> | null;

export interface FakeList {
  id: string;
  name: string;
  description: string;
  owner: string;
  snapshot: number;
  entries: FakeTrack[];
  followed: boolean;
}

export const CLIENT_ID = 'client0123456789';
const iso = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

export const fakeTrack = (n: number): Record<string, unknown> => ({
  id: `track${String(n).padStart(17, '0')}`,
  type: 'track',
  uri: `spotify:track:track${String(n).padStart(17, '0')}`,
  name: `Song ${n}`,
  is_local: false,
  explicit: false,
  duration_ms: 200_000 + n,
  artists: [{ id: `artist${n % 40}`, name: `Artist ${n % 40}` }],
  album: {
    id: `album${n % 120}`,
    name: `Album ${n % 120}`,
    release_date: '1999-05',
    release_date_precision: 'month',
    album_type: 'album',
    type: 'album',
    uri: `spotify:album:album${n % 120}`,
    href: 'https://api.spotify.com/v1/albums/x',
    external_urls: {},
    images: [],
    total_tracks: 9,
    available_markets: [],
    artists: [],
  },
  external_ids: { isrc: `USABC26${String(n).padStart(5, '0')}` },
});

/** n saved tracks, latest first. */
export const fakeSaved = (n: number): { added_at: string; track: FakeTrack }[] =>
  Array.from({ length: n }, (_, i) => ({ added_at: iso(n - i), track: fakeTrack(i) }));

/**
 * A small Spotify: sign-in with PKCE and rotating tokens, and the part of the Web API that Segue uses, with its limits, in its present form (`new`)
 * or as for applications from before November 2024 (`old`). Its state is public, so that a test can change it between calls.
 */
export class FakeSpotify {
  saved: { added_at: string; track: FakeTrack }[] = [];
  lists: FakeList[] = [];
  plays: { played_at: string; track: FakeTrack }[] = [];
  top: FakeTrack[] = [];
  /** Id of the account. */
  user = 'me';
  /** Further tracks that the search knows. */
  catalogue: FakeTrack[] = [];
  age: 'new' | 'old' = 'new';
  /** Whether a refresh gives a new refresh token, which invalidates the old one. */
  rotates = true;
  /** Method and path of every request to the Web API. */
  requests: string[] = [];
  refreshes = 0;
  /** Contract violations: requests that the real API would reject. */
  broken: string[] = [];
  /** Whether requests and responses are checked against the API's description, if that is on this machine. */
  checks = true;
  /** Responds instead of the API; true = it did. */
  before: ((request: string, response: ServerResponse) => boolean) | null = null;
  /** Runs after a response was made and before it is sent; true = the response is lost. */
  lost: ((request: string) => boolean) | null = null;
  access = new Set<string>();
  refresh = 'refresh-0';
  private readonly codes = new Map<string, { challenge: string; redirect: string }>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<FakeSpotify> {
    const fake = new FakeSpotify();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Acts as the person on Spotify's page. @returns the query of the redirect */
  agree(address: string): string {
    const asked = new URL(address).searchParams;
    if (asked.get('client_id') !== CLIENT_ID) this.broken.push('authorize: client_id');
    if (asked.get('code_challenge_method') !== 'S256') this.broken.push('authorize: code_challenge_method');
    const redirect = asked.get('redirect_uri') ?? '';
    if (!redirect.startsWith('http://127.0.0.1:')) this.broken.push('authorize: redirect_uri');
    const code = randomUUID();
    this.codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect });
    return new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', this.origin);
    if (url.pathname === '/api/token') return this.grantTokens(new URLSearchParams(body), response);
    const name = `${request.method} ${url.pathname.replace(/^\/v1/, '')}`;
    this.requests.push(name);
    if (this.before?.(name, response)) return;
    if (!this.access.has((request.headers.authorization ?? '').replace('Bearer ', '')))
      return send(response, 401, { error: { status: 401, message: 'The access token expired' } });
    const given = body === '' ? null : (JSON.parse(body) as Record<string, unknown>);
    const made = this.api(name, url.searchParams, given ?? {});
    const exchange = { query: url.searchParams, body: given, status: made.status, answer: made.body };
    const [method = '', path = ''] = name.split(' ');
    for (const problem of (this.checks ? SpotifyContract.of(this.age) : null)?.problems({
      method,
      path,
      ...exchange,
    }) ?? [])
      this.broken.push(`${name}: ${problem}`);
    if (this.lost?.(name)) {
      response.destroy();
      return;
    }
    send(response, made.status, made.body);
  }

  private grantTokens(given: URLSearchParams, response: ServerResponse): void {
    const grant = this.grantOf(given);
    if (!grant) {
      send(response, 400, { error: 'invalid_grant', error_description: 'Refused' });
      return;
    }
    const access = `access-${randomUUID()}`;
    this.access = new Set([access]);
    send(response, 200, { access_token: access, token_type: 'Bearer', expires_in: 3600, ...grant });
  }

  /** What a grant gives besides an access token; null when it is rejected. */
  private grantOf(given: URLSearchParams): { refresh_token?: string } | null {
    if (given.get('grant_type') === 'authorization_code') {
      const code = this.codes.get(given.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(given.get('code_verifier') ?? '')
        .digest('base64url');
      this.codes.delete(given.get('code') ?? '');
      if (code?.challenge !== challenge || code.redirect !== given.get('redirect_uri')) return null;
    } else {
      this.refreshes++;
      if (given.get('refresh_token') !== this.refresh || given.get('client_id') !== CLIENT_ID) return null;
      if (!this.rotates) return {};
    }
    this.refresh = `refresh-${randomUUID()}`;
    return { refresh_token: this.refresh };
  }

  private api(name: string, query: URLSearchParams, body: Record<string, unknown>): { status: number; body: unknown } {
    const limit = Number(query.get('limit') ?? 20);
    const offset = Number(query.get('offset') ?? 0);
    if (limit > (name === 'GET /search' ? 10 : 50)) {
      this.broken.push(`${name}: limit ${limit}`);
      return problem(400, 'Invalid limit');
    }
    const page = (all: readonly unknown[]): { status: number; body: unknown } => ({
      status: 200,
      body: pageOf(all, offset, limit),
    });
    if (name === 'GET /me') return { status: 200, body: { id: this.user, display_name: 'Alice' } };
    if (name === 'GET /me/tracks') return page(this.saved);
    if (name === 'GET /me/top/tracks') return page(this.top);
    if (name === 'GET /me/player/recently-played') {
      const after = Number(query.get('after') ?? 0);
      return {
        status: 200,
        body: { items: this.plays.filter((p) => Date.parse(p.played_at) > after).slice(0, limit) },
      };
    }
    if (name === 'GET /me/playlists') return page(this.lists.filter((l) => l.followed).map((l) => this.listBody(l)));
    if (name === 'POST /me/playlists' || name === 'POST /users/me/playlists') {
      if (name.includes('/users/') !== (this.age === 'old'))
        return problem(this.age === 'old' ? 404 : 403, 'Forbidden');
      if (typeof body.name !== 'string') this.broken.push(`${name}: name`);
      const list: FakeList = {
        id: `list${this.lists.length}`,
        name: String(body.name),
        description: String(body.description ?? ''),
        owner: 'me',
        snapshot: 1,
        entries: [],
        followed: true,
      };
      this.lists.unshift(list);
      return { status: 201, body: this.listBody(list) };
    }
    const [, id, part] = /^\w+ \/playlists\/([^/]+)\/(items|tracks)$/.exec(name) ?? [];
    const list = this.lists.find((l) => l.id === id);
    if (part !== undefined) {
      if ((part === 'items') !== (this.age === 'new')) return problem(this.age === 'old' ? 404 : 403, 'Forbidden');
      if (!list) return problem(404, 'Resource not found');
      if (list.owner !== 'me') return problem(403, 'Forbidden');
      if (name.startsWith('GET'))
        return page(list.entries.map((t) => (this.age === 'new' ? { item: t } : { track: t })));
      const uris = Array.isArray(body.uris) ? (body.uris as string[]) : [];
      if (uris.length > 100 || uris.some((u) => !/^spotify:track:\w+$/.test(u))) this.broken.push(`${name}: uris`);
      const added = uris.map((uri) => ({ id: uri.slice('spotify:track:'.length), uri, type: 'track' }));
      list.entries = name.startsWith('PUT') ? added : [...list.entries, ...added];
      list.snapshot++;
      return { status: name.startsWith('PUT') ? 200 : 201, body: { snapshot_id: String(list.snapshot) } };
    }
    const facts = /^GET \/(audio-features|tracks|artists|recommendations)(?:\/([^/]+))?$/.exec(name);
    if (facts) return this.facts(facts[1]!, facts[2], query);
    if (name === 'GET /search')
      return { status: 200, body: { tracks: pageOf(this.search(query.get('q') ?? '', limit), 0, limit) } };
    return problem(404, 'Service not found');
  }

  /** What applications from before November 2024 may request; single songs or artists are available to all. */
  private facts(kind: string, one: string | undefined, query: URLSearchParams): { status: number; body: unknown } {
    if (one !== undefined && kind !== 'recommendations') {
      const found = this.known(kind, one);
      return found ? { status: 200, body: found } : problem(404, 'Resource not found');
    }
    if (this.age === 'new') return problem(403, 'Forbidden');
    if (kind === 'recommendations') return { status: 200, body: { seeds: [], tracks: this.catalogue.slice(0, 5) } };
    const ids = (query.get('ids') ?? '').split(',');
    if (ids.length > (kind === 'audio-features' ? 100 : 50)) {
      this.broken.push(`GET /${kind}: ${ids.length} ids`);
      return problem(400, 'Too many ids');
    }
    const name = kind === 'audio-features' ? 'audio_features' : kind;
    return { status: 200, body: { [name]: ids.map((id) => this.known(kind, id)) } };
  }

  private known(kind: string, id: string): Record<string, unknown> | null {
    if (kind === 'artists')
      return { id, name: `Artist ${id}`, genres: ['pop', 'rock'], popularity: 40, followers: { total: 9 } };
    const track = this.catalogue.find((t) => t?.id === id);
    if (!track) return null;
    return kind === 'tracks'
      ? { ...track, popularity: 33 }
      : { id, danceability: 0.5, energy: 0.25, key: 5, tempo: 120.5 };
  }

  private search(q: string, limit: number): FakeTrack[] {
    const [, isrc] = /isrc:(\S+)/.exec(q) ?? [];
    const [, title, artist] = /track:(.*) artist:(.*)/.exec(q) ?? [];
    const named = (t: FakeTrack): boolean =>
      t !== null && t.name === title && (t.artists as { name: string }[]).some(({ name }) => artist?.includes(name));
    return this.catalogue
      .filter((t) => (isrc === undefined ? named(t) : (t?.external_ids as { isrc?: string })?.isrc === isrc))
      .slice(0, limit);
  }

  private listBody(l: FakeList): unknown {
    return {
      id: l.id,
      name: l.name,
      description: l.description,
      owner: { id: l.owner },
      collaborative: false,
      snapshot_id: `s${l.snapshot}`,
      [this.age === 'new' ? 'items' : 'tracks']: pageOf(l.entries, 0, 0),
    };
  }
}

/** A page of a long list, in the API's usual envelope. */
const pageOf = (all: readonly unknown[], offset: number, limit: number) => ({
  href: 'https://api.spotify.com/v1/x',
  items: all.slice(offset, offset + limit),
  limit,
  offset,
  total: all.length,
  next: offset + limit < all.length ? 'https://api.spotify.com/v1/x' : null,
  previous: null,
});

const problem = (status: number, message: string): { status: number; body: unknown } => ({
  status,
  body: { error: { status, message } },
});

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
