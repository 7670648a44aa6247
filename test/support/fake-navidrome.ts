import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeSong {
  id: string;
  title: string;
  artist: string;
  album: string;
  duration: number;
  mbid?: string;
  isrc?: string;
  starred?: string;
  rating?: number;
}

interface FakePlaylist {
  id: string;
  name: string;
  comment: string;
  changed: string;
  readonly?: boolean;
  songs: string[];
}

export interface FakeOptions {
  user?: string;
  password?: string;
  /** The server's capabilities: OpenSubsonic with everything, or with refusals. */
  shape?: { form?: boolean; token?: boolean; quotesOnly?: boolean; noEmptySearch?: boolean; strictLists?: boolean };
}

/** Bytes that represent a song. */
export const FAKE_AUDIO = Buffer.from('0123456789'.repeat(100));
const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();

/** n songs, including repeated names and names in other scripts. */
export function fakeSongs(n: number): FakeSong[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `song${String(i).padStart(18, '0')}`,
    title: i % 50 === 0 ? '夜に駆ける' : i % 50 === 1 ? 'Группа крови' : `Song ${i % 97 === 0 ? 'Same' : i}`,
    artist: i % 50 === 0 ? 'YOASOBI' : i % 50 === 1 ? 'Кино' : `Artist ${i % 40}`,
    album: `Album ${i % 120}`,
    duration: 120 + (i % 200),
    mbid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    isrc: `USABC26${String(i).padStart(5, '0')}`,
  }));
}

/**
 * A music server modelled on Navidrome: OpenSubsonic fields, missing keys for empty lists, unknown songs silently dropped from lists, errors with
 * status 200. Its state is public, so that a test can change it between calls.
 */
export class FakeNavidrome {
  songs: FakeSong[];
  playlists: FakePlaylist[] = [];
  password: string;
  user: string;
  scan = 1;
  /** Every request: method, path and parameters as received, including sign-in. */
  readonly requests: { transport: string; url: string; method: string; parameters: URLSearchParams }[] = [];
  readonly scrobbles: { id: string; time: number; submission: boolean }[] = [];
  /** Runs before each call; may change the state, or respond itself (true). */
  before: (method: string, response: ServerResponse, parameters: URLSearchParams) => boolean | undefined = () =>
    undefined;
  private readonly shape: NonNullable<FakeOptions['shape']>;
  private readonly server: Server;
  private clock = 0;

  private constructor(songs: FakeSong[], { user = 'alice', password = 'hunter2hunter2', shape = {} }: FakeOptions) {
    this.songs = songs;
    this.user = user;
    this.password = password;
    this.shape = shape;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(songs: FakeSong[], options: FakeOptions = {}): Promise<FakeNavidrome> {
    const fake = new FakeNavidrome(songs, options);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  calls(method: string): number {
    return this.requests.filter((r) => r.method === method).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://x');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const method = url.pathname.replace('/rest/', '').replace(/\.view$/, '');
    const form = request.method === 'POST';
    const parameters = form && (this.shape.form ?? true) ? new URLSearchParams(body) : url.searchParams;
    this.requests.push({ transport: form ? 'form' : 'address', url: request.url!, method, parameters });
    if (this.before(method, response, parameters) === true) return;
    const refused = method === 'getOpenSubsonicExtensions' ? null : this.refusal(parameters);
    if (refused) return send(response, { status: 'failed', error: refused });
    if (method === 'stream' || method === 'getCoverArt') return this.media(method, parameters, request, response);
    const content = this.content(method, parameters);
    if (!content) return send(response, { status: 'failed', error: { code: 0, message: 'unknown method' } });
    if ('error' in content) return send(response, { status: 'failed', ...content });
    send(response, { status: 'ok', ...content });
  }

  private refusal(p: URLSearchParams): { code: number; message: string } | null {
    if (!p.has('u')) return { code: 10, message: 'Missing parameter u' };
    if (p.get('u') !== this.user) return { code: 40, message: 'Wrong username or password' };
    const plain = p.get('p');
    if (plain !== null) {
      const text = plain.startsWith('enc:') ? Buffer.from(plain.slice(4), 'hex').toString() : plain;
      return text === this.password ? null : { code: 40, message: 'Wrong username or password' };
    }
    if (!(this.shape.token ?? true)) return { code: 41, message: 'Token authentication not supported for LDAP users' };
    const expected = createHash('md5')
      .update(this.password + p.get('s'))
      .digest('hex');
    return p.get('t') === expected ? null : { code: 40, message: 'Wrong username or password' };
  }

  private content(method: string, p: URLSearchParams): Record<string, unknown> | null {
    switch (method) {
      case 'ping':
        return {};
      case 'getOpenSubsonicExtensions':
        return {
          openSubsonicExtensions: [
            { name: 'formPost', versions: [1] },
            { name: 'playbackReport', versions: [1] },
          ],
        };
      case 'getScanStatus':
        return { scanStatus: { scanning: false, count: this.songs.length, lastScan: at(this.scan) } };
      case 'search3':
        return { searchResult3: this.search(p) };
      case 'getAlbumList2': {
        const albums = [...new Set(this.songs.map((s) => s.album))].sort();
        const from = Number(p.get('offset') ?? 0);
        const page = albums.slice(from, from + Number(p.get('size') ?? 10)).map((name) => ({ id: `al-${name}`, name }));
        return { albumList2: page.length > 0 ? { album: page } : {} };
      }
      case 'getAlbum':
        return {
          album: { id: p.get('id'), song: this.songs.filter((s) => `al-${s.album}` === p.get('id')).map(childOf) },
        };
      case 'getSong': {
        const song = this.songs.find((s) => s.id === p.get('id'));
        return song ? { song: childOf(song) } : notFound;
      }
      case 'getStarred2': {
        const starred = this.songs.filter((s) => s.starred !== undefined);
        return { starred2: starred.length > 0 ? { song: starred.map(childOf) } : {} };
      }
      case 'getPlaylists':
        return { playlists: this.playlists.length > 0 ? { playlist: this.playlists.map(summaryOf) } : {} };
      case 'getPlaylist': {
        const list = this.playlists.find((l) => l.id === p.get('id'));
        return list ? { playlist: this.whole(list) } : notFound;
      }
      case 'createPlaylist':
        return this.createPlaylist(p);
      case 'updatePlaylist':
        return this.updatePlaylist(p);
      case 'scrobble':
        this.scrobbles.push({
          id: p.get('id')!,
          time: Number(p.get('time')),
          submission: p.get('submission') === 'true',
        });
        return {};
      default:
        return null;
    }
  }

  private search(p: URLSearchParams): Record<string, unknown> {
    const query = p.get('query') ?? '';
    const empty = query === '""' || (query === '' && !this.shape.quotesOnly);
    if (empty && this.shape.noEmptySearch) return {};
    const words = query.replaceAll('"', '').toLowerCase().split(' ').filter(Boolean);
    const found =
      words.length > 0
        ? this.songs.filter((s) => words.every((w) => `${s.artist} ${s.title}`.toLowerCase().includes(w)))
        : empty
          ? this.songs
          : [];
    const from = Number(p.get('songOffset') ?? 0);
    const page = found.slice(from, from + Number(p.get('songCount') ?? 20));
    return page.length > 0 ? { song: page.map(childOf) } : {};
  }

  private known(ids: readonly string[]): string[] | null {
    const known = new Set(this.songs.map((s) => s.id));
    if (this.shape.strictLists && ids.some((id) => !known.has(id))) return null;
    return ids.filter((id) => known.has(id));
  }

  private createPlaylist(p: URLSearchParams): Record<string, unknown> {
    const songs = this.known(p.getAll('songId'));
    if (!songs) return notFound;
    let list = this.playlists.find((l) => l.id === p.get('playlistId'));
    if (p.has('playlistId') && !list) return notFound;
    if (!list) {
      list = {
        id: `list${this.playlists.length + 1}-${this.clock}`,
        name: p.get('name') ?? '',
        comment: '',
        changed: '',
        songs: [],
      };
      this.playlists.push(list);
    }
    list.songs = songs;
    list.changed = at(1000 + this.clock++);
    return { playlist: this.whole(list) };
  }

  private updatePlaylist(p: URLSearchParams): Record<string, unknown> {
    const list = this.playlists.find((l) => l.id === p.get('playlistId'));
    const added = this.known(p.getAll('songIdToAdd'));
    if (!list || !added) return notFound;
    list.songs.push(...added);
    list.name = p.get('name') ?? list.name;
    list.comment = p.get('comment') ?? list.comment;
    list.changed = at(1000 + this.clock++);
    return {};
  }

  private whole(list: FakePlaylist): Record<string, unknown> {
    const songs = new Map(this.songs.map((s) => [s.id, s]));
    const entry = list.songs.flatMap((id) => (songs.has(id) ? [childOf(songs.get(id)!)] : []));
    return { ...summaryOf(list), ...(entry.length > 0 && { entry }) };
  }

  private media(method: string, p: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    if (method === 'stream' && !this.songs.some((s) => s.id === p.get('id'))) {
      send(response, { status: 'failed', ...notFound });
      return;
    }
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    const headers = {
      'content-type': method === 'stream' ? 'audio/mpeg' : 'image/jpeg',
      'accept-ranges': 'bytes',
      'set-cookie': 'nd=1',
    };
    if (!range) {
      response.writeHead(200, { ...headers, 'content-length': FAKE_AUDIO.length }).end(FAKE_AUDIO);
      return;
    }
    const from = Number(range[1]);
    const part = FAKE_AUDIO.subarray(from, range[2] === '' ? undefined : Number(range[2]) + 1);
    response
      .writeHead(206, {
        ...headers,
        'content-range': `bytes ${from}-${from + part.length - 1}/${FAKE_AUDIO.length}`,
        'content-length': part.length,
      })
      .end(part);
  }
}

const notFound = { error: { code: 70, message: 'data not found' } };

function send(response: ServerResponse, content: Record<string, unknown>): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      'subsonic-response': {
        version: '1.16.1',
        type: 'navidrome',
        serverVersion: '0.63.2',
        openSubsonic: true,
        ...content,
      },
    }),
  );
}

/** OpenSubsonic fields are empty or 0 when unknown, never absent. */
const childOf = (song: FakeSong): Record<string, unknown> => ({
  id: song.id,
  isDir: false,
  title: song.title,
  artist: song.artist,
  artistId: `ar-${song.artist}`,
  artists: [{ id: `ar-${song.artist}`, name: song.artist }],
  album: song.album,
  albumId: `al-${song.album}`,
  path: `${song.artist}/${song.album}/${song.id}.mp3`,
  duration: song.duration,
  year: 0,
  bpm: 0,
  comment: '',
  genres: [{ name: 'Rock' }, { name: 'Indie' }],
  genre: 'Rock',
  moods: [],
  isrc: song.isrc === undefined ? [] : [song.isrc],
  musicBrainzId: song.mbid ?? '',
  replayGain: { trackGain: -7.5 },
  coverArt: `mf-${song.id}`,
  playCount: 0,
  created: at(0),
  ...(song.starred !== undefined && { starred: song.starred }),
  ...(song.rating !== undefined && { userRating: song.rating }),
});

const summaryOf = ({ songs, ...list }: FakePlaylist): Record<string, unknown> => ({
  ...list,
  owner: 'alice',
  public: false,
  songCount: songs.length,
  created: at(0),
});
