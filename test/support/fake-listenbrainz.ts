import { type FakeAnswer, FakeJsonServer, type FakeRequest } from './fake-json-server.ts';

const EXTENSION = 'https://musicbrainz.org/doc/jspf#playlist';
const RECORDING = 'https://musicbrainz.org/recording/';

export interface FakeListen {
  at: number;
  title: string;
  artist: string;
  mbid?: string;
  isrc?: string;
}

interface FakeList {
  id: string;
  title: string;
  annotation: string;
  changed: number;
  mbids: string[];
}

interface Jspf {
  playlist: { title?: string; annotation?: string; track?: { identifier: string[] }[] };
}

export const mbidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** n plays, newest first; some share the same second. */
export const fakeListens = (n: number): FakeListen[] =>
  Array.from({ length: n }, (_, i) => ({
    at: 1_700_000_000 + (n - i - (i % 7 === 3 ? 1 : 0)) * 200,
    title: i % 50 === 0 ? '夜に駆ける' : `Song ${i % 300}`,
    artist: i % 50 === 0 ? 'YOASOBI' : `Artist ${i % 40}`,
    mbid: mbidOf(i % 300),
  })).sort((a, b) => b.at - a.at);

/** ListenBrainz according to its API documentation: exclusive bounds that cannot be combined, pages of sizes it chooses, rate limits in headers. */
export class FakeListenBrainz extends FakeJsonServer {
  token = 'the-token-of-alice';
  listens: FakeListen[] = [];
  feedback: { mbid: string; score: 1 | -1; title: string | null; artist: string }[] = [];
  lists: FakeList[] = [];
  /** Names that the service maps to recordings. */
  known = new Map<string, { mbid: string; title: string; artist: string }>();
  remaining = 100;
  private clock = 0;

  answer(request: FakeRequest): FakeAnswer {
    const { url, headers, method } = request;
    const path = url.pathname;
    const given = headers.authorization === `Token ${this.token}`;
    const rate = {
      'x-ratelimit-limit': '30',
      'x-ratelimit-remaining': String(this.remaining),
      'x-ratelimit-reset-in': '7',
    };
    if (path === '/1/validate-token')
      return {
        headers: rate,
        body: given
          ? { code: 200, valid: true, user_name: 'alice', message: 'Token valid.' }
          : { code: 200, valid: false, message: 'Token invalid.' },
      };
    if (!given) return { status: 401, body: { code: 401, error: 'Invalid authorization token.' } };
    if (path === '/1/metadata/lookup/' && method === 'POST') return { headers: rate, ...this.lookUp(request.body) };
    const body = method === 'GET' ? this.read(path, url.searchParams) : this.change(path, request.body);
    return body === null
      ? { status: 404, headers: rate, body: { code: 404, error: 'not found' } }
      : { headers: rate, body };
  }

  private read(path: string, p: URLSearchParams): object | null {
    const count = Number(p.get('count') ?? 25);
    const offset = Number(p.get('offset') ?? 0);
    if (path === '/1/user/alice/listens') {
      const before = Number(p.get('max_ts') ?? Number.POSITIVE_INFINITY);
      const listens = this.listens.filter(({ at }) => at < before).slice(0, Math.min(count, 1000));
      return {
        payload: {
          count: listens.length,
          user_id: 'alice',
          latest_listen_ts: this.listens[0]?.at ?? 0,
          oldest_listen_ts: this.listens.at(-1)?.at ?? 0,
          listens: listens.map(({ at, title, artist, mbid, isrc }) => ({
            listened_at: at,
            recording_msid: `msid-${title}-${artist}`,
            track_metadata: {
              track_name: title,
              artist_name: artist,
              release_name: '',
              additional_info: { duration_ms: 200_000, ...(isrc && { isrc }) },
              ...(mbid && { mbid_mapping: { recording_mbid: mbid } }),
            },
          })),
        },
      };
    }
    if (path === '/1/feedback/user/alice/get-feedback') {
      const page = this.feedback.slice(offset, offset + count);
      return {
        count: page.length,
        offset,
        total_count: this.feedback.length,
        feedback: page.map(({ mbid, score, title, artist }) => ({
          created: 1_700_000_000,
          recording_mbid: mbid,
          recording_msid: null,
          score,
          track_metadata:
            title === null ? null : { track_name: title, artist_name: artist, mbid_mapping: { recording_mbid: mbid } },
        })),
      };
    }
    if (path === '/1/user/alice/playlists') {
      const page = this.lists.slice(offset, offset + count);
      return {
        count: page.length,
        offset,
        playlist_count: this.lists.length,
        playlists: page.map((list) => ({ playlist: jspfOf(list, false) })),
      };
    }
    const list = this.lists.find(({ id }) => path === `/1/playlist/${id}`);
    return list ? { playlist: jspfOf(list, true) } : null;
  }

  /** At most fifty songs; names that are too long fail the whole request. */
  private lookUp(body: unknown): FakeAnswer {
    const { recordings } = body as { recordings: { artist_name: string; recording_name: string }[] };
    const refused = recordings.some(
      ({ artist_name, recording_name }) =>
        artist_name === '' || recording_name === '' || [...artist_name, ...recording_name].length > 250,
    );
    if (recordings.length === 0 || recordings.length > 50 || refused)
      return { status: 400, body: { code: 400, error: 'invalid' } };
    return {
      body: recordings.map(({ artist_name, recording_name }, index) => {
        const found = this.known.get(`${artist_name} ${recording_name}`);
        return {
          ...{ index, artist_name_arg: artist_name, recording_name_arg: recording_name },
          ...(found && {
            recording_mbid: found.mbid,
            recording_name: found.title,
            artist_credit_name: found.artist,
          }),
        };
      }),
    };
  }

  private change(path: string, body: unknown): object | null {
    const { playlist } = body as Jspf;
    const mbids = (playlist?.track ?? []).map(({ identifier }) => identifier[0]!.slice(RECORDING.length));
    if (path === '/1/playlist/create') {
      const id = `11111111-0000-4000-8000-${String(this.lists.length + 1).padStart(12, '0')}`;
      this.lists.unshift({
        id,
        title: playlist.title ?? '',
        annotation: playlist.annotation ?? '',
        changed: this.clock++,
        mbids,
      });
      return { status: 'ok', playlist_mbid: id };
    }
    const list = this.lists.find(({ id }) => path.includes(id));
    if (!list || mbids.length > 100) return null;
    list.changed = this.clock++;
    if (path.includes('/edit/'))
      Object.assign(list, { title: playlist.title ?? list.title, annotation: playlist.annotation ?? list.annotation });
    else if (path.endsWith('/item/add')) list.mbids.push(...mbids);
    else {
      const { index, count } = body as { index: number; count: number };
      list.mbids.splice(index, count);
    }
    return { status: 'ok' };
  }
}

const jspfOf = ({ id, title, annotation, changed, mbids }: FakeList, songs: boolean) => ({
  identifier: `https://listenbrainz.org/playlist/${id}`,
  title,
  annotation,
  creator: 'alice',
  date: '2026-01-01T00:00:00+00:00',
  extension: {
    [EXTENSION]: { public: false, last_modified_at: new Date(1_767_225_600_000 + changed * 1000).toISOString() },
  },
  track: songs
    ? mbids.map((mbid) => ({
        identifier: [RECORDING + mbid],
        title: `Recording ${mbid.slice(-4)}`,
        creator: 'Somebody',
      }))
    : [],
});
