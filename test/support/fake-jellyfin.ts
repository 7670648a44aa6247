import { type FakeAnswer, FakeJsonServer, type FakeRequest } from './fake-json-server.ts';
import { jellyfinProblems } from './jellyfin-contract.ts';

export interface FakeItem {
  id: string;
  name: string;
  artist: string;
  favourite?: boolean;
  playedAt?: string;
  mbid?: string;
}

export const FAKE_SOUND = Buffer.from('0123456789'.repeat(100));
const USER = 'a0b1c2d3e4f50617a0b1c2d3e4f50617';

export const fakeItems = (n: number): FakeItem[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `item${String(i).padStart(28, '0')}`,
    name: i % 50 === 0 ? '夜に駆ける' : i % 50 === 1 ? 'Группа крови' : `Song ${i % 97 === 0 ? 'Same' : i}`,
    artist: i % 50 === 0 ? 'YOASOBI' : `Artist ${i % 40}`,
  }));

/**
 * Jellyfin, checked against its OpenAPI description: password sign-in for an access token, server keys without a user, paged items, playlists that a
 * call replaces.
 */
export class FakeJellyfin extends FakeJsonServer {
  password = 'secret of alice';
  token = 'feedc0de00112233';
  key = 'abcdef0123456789';
  items: FakeItem[] = [];
  lists: { id: string; name: string; ids: string[] }[] = [];
  quickConnect = true;
  /** Sign-ins by code, keyed by secret; a deleted one has expired. */
  readonly codes = new Map<string, { code: string; confirmed: boolean; refused?: boolean }>();
  readonly reports: { path: string; id: string }[] = [];

  /** Whether requests and responses are checked against the description. */
  checks = true;
  /** Deviations of requests or responses from the description. */
  readonly broken: string[] = [];

  answer(request: FakeRequest): FakeAnswer {
    const made = this.made(request);
    if (!this.checks) return made;
    const { method, url, body } = request;
    const { status = 200, body: answer } = made;
    this.broken.push(
      ...jellyfinProblems({ method, path: url.pathname, query: url.searchParams, body, status, answer }),
    );
    return made;
  }

  private made(request: FakeRequest): FakeAnswer {
    const { url, headers, method } = request;
    const path = url.pathname;
    const body = request.body as {
      Username?: string;
      Pw?: string;
      Name?: string;
      Ids?: string[];
      ItemId?: string;
    } | null;
    if (path === '/Users/AuthenticateByName') {
      const right = body?.Username?.toLowerCase() === 'alice' && body.Pw === this.password;
      return right
        ? { body: { User: { Id: USER, Name: 'alice' }, AccessToken: this.token, ServerId: 's' } }
        : { status: 401, body: '' };
    }
    if (path.startsWith('/QuickConnect/') || path === '/Users/AuthenticateWithQuickConnect')
      return this.quickConnected(request);
    const token = /Token="([^"]*)"/.exec(headers.authorization ?? '')?.[1];
    if (token !== this.token && token !== this.key) return { status: 401 };
    if (path === '/Users')
      return {
        body: [
          { Name: 'bob', Id: 'b' },
          { Name: 'alice', Id: USER },
        ],
      };
    if (path === '/Items') return { body: this.page(url.searchParams) };
    if (path.startsWith('/Sessions/Playing')) {
      if (!this.items.some(({ id }) => id === body?.ItemId)) return { status: 404 };
      this.reports.push({ path, id: body!.ItemId! });
      return { status: 204 };
    }
    const [, kind, id, rest] = path.split('/');
    if (kind === 'Audio') return this.items.some((item) => item.id === id) ? sound(headers.range) : { status: 404 };
    if (path.endsWith('/Images/Primary'))
      return { headers: { 'content-type': 'image/jpeg', 'set-cookie': 'a=b' }, body: FAKE_SOUND };
    if (path === '/Playlists' && method === 'POST') {
      const made = { id: `list${this.lists.length}`, name: body?.Name ?? '', ids: body?.Ids ?? [] };
      this.lists.push(made);
      return { body: { Id: made.id } };
    }
    const list = this.lists.find((l) => l.id === id);
    if (kind !== 'Playlists' || !list) return { status: 404 };
    const byId = new Map(this.items.map((item) => [item.id, item]));
    if (rest === 'Items')
      return {
        body: sliced(list.ids.flatMap((i) => byId.get(i) ?? []).map(itemOf), url.searchParams),
      };
    Object.assign(list, { name: body?.Name ?? list.name, ids: (body?.Ids ?? list.ids).filter((i) => byId.has(i)) });
    return { status: 204 };
  }

  private quickConnected({ url, method, headers, body }: FakeRequest): FakeAnswer {
    const route = `${method} ${url.pathname}`;
    if (route === 'GET /QuickConnect/Enabled') return { body: this.quickConnect };
    if (!this.quickConnect) return { status: 401, body: 'Quick connect is not active' };
    if (route === 'POST /QuickConnect/Initiate') {
      if (!/DeviceId="[^"]+"/.test(headers.authorization ?? '')) return { status: 400 };
      const secret = `5ec2e7${String(this.codes.size).padStart(58, '0')}`;
      this.codes.set(secret, { code: String(123456 + this.codes.size), confirmed: false });
      return { body: this.codeState(secret) };
    }
    if (route === 'GET /QuickConnect/Connect') {
      const secret = url.searchParams.get('secret') ?? '';
      return this.codes.has(secret) ? { body: this.codeState(secret) } : { status: 404, body: 'Unknown secret' };
    }
    if (route !== 'POST /Users/AuthenticateWithQuickConnect') return { status: 404 };
    const begun = this.codes.get((body as { Secret?: string } | null)?.Secret ?? '');
    if (!begun?.confirmed || begun.refused) return { status: 401, body: '' };
    return { body: { User: { Id: USER, Name: 'alice' }, AccessToken: this.token, ServerId: 's' } };
  }

  private codeState(secret: string): object {
    const { code, confirmed } = this.codes.get(secret)!;
    return { Authenticated: confirmed, Secret: secret, Code: code, DeviceName: 'Segue', AppName: 'Segue' };
  }

  private page(p: URLSearchParams): object {
    if (p.get('userId') !== USER) return { Items: [], TotalRecordCount: 0 };
    if (p.get('includeItemTypes') === 'Playlist')
      return sliced(
        this.lists.map(({ id, name }) => ({ Id: id, Name: name, MediaType: 'Audio' })),
        p,
      );
    const term = p.get('searchTerm')?.toLowerCase();
    const chosen = this.items.filter(
      (item) =>
        (p.get('filters') !== 'IsFavorite' || item.favourite) &&
        (term === undefined || item.name.toLowerCase().includes(term)),
    );
    return sliced(chosen.map(itemOf), p);
  }
}

function sliced(items: object[], p: URLSearchParams): object {
  const start = Number(p.get('startIndex') ?? 0);
  return {
    Items: items.slice(start, start + Number(p.get('limit') ?? items.length)),
    TotalRecordCount: items.length,
    StartIndex: start,
  };
}

const itemOf = ({ id, name, artist, favourite = false, playedAt, mbid }: FakeItem): object => ({
  Id: id,
  Name: name,
  Type: 'Audio',
  Album: `Album of ${artist}`,
  AlbumId: `al-${artist}`,
  AlbumPrimaryImageTag: 'tag',
  ImageTags: {},
  AlbumArtists: [{ Name: artist, Id: `ar-${artist}` }],
  ArtistItems: [{ Name: artist, Id: `ar-${artist}` }],
  RunTimeTicks: 1_800_000_000,
  ProductionYear: 1999,
  Genres: ['Rock'],
  ProviderIds: { MusicBrainzTrack: 'a-track-of-a-release', ...(mbid && { MusicBrainzRecording: mbid }) },
  UserData: {
    Key: id,
    ItemId: id,
    PlayCount: playedAt ? 3 : 0,
    IsFavorite: favourite,
    ...(playedAt && { LastPlayedDate: playedAt }),
  },
  DateCreated: '2026-01-01T00:00:00.0000000Z',
});

function sound(range: string | undefined): FakeAnswer {
  const headers = { 'content-type': 'audio/mpeg', 'accept-ranges': 'bytes', 'set-cookie': 'a=b' };
  const bounds = /bytes=(\d+)-(\d*)/.exec(range ?? '');
  if (!bounds) return { headers, body: FAKE_SOUND };
  const from = Number(bounds[1]);
  const part = FAKE_SOUND.subarray(from, bounds[2] === '' ? undefined : Number(bounds[2]) + 1);
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${from + part.length - 1}/${FAKE_SOUND.length}` },
    body: part,
  };
}
