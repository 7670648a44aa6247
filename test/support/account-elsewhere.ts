import type { Connections } from '../../src/connect/connections.ts';
import type { Service } from '../../src/connect/contract.ts';
import { jellyfin } from '../../src/connect/jellyfin/jellyfin.ts';
import { lastFmAt } from '../../src/connect/lastfm/lastfm.ts';
import { listenbrainz } from '../../src/connect/listenbrainz/listenbrainz.ts';
import { spotifyAt } from '../../src/connect/spotify/spotify.ts';
import { subsonic } from '../../src/connect/subsonic/subsonic.ts';
import { FakeJellyfin } from './fake-jellyfin.ts';
import type { Failure, FakeJsonServer, FakeRequest } from './fake-json-server.ts';
import { FakeLastFm } from './fake-lastfm.ts';
import { FakeListenBrainz, mbidOf } from './fake-listenbrainz.ts';
import { FakeNavidrome } from './fake-navidrome.ts';
import { CLIENT_ID, FakeSpotify, fakeTrack, send } from './fake-spotify.ts';

/** Songs of the account, each with a MusicBrainz id by its position: various scripts, two with the same name, then as many as a long list has. */
export const SONGS: readonly { title: string; artist: string }[] = [
  { title: '夜に駆ける', artist: 'YOASOBI' },
  { title: 'Группа крови', artist: 'Кино' },
  { title: 'שיר לשלום', artist: 'מירי אלוני' },
  { title: 'Same Name', artist: 'First' },
  { title: 'Same Name', artist: 'Second' },
  ...Array.from({ length: 9995 }, (_, i) => ({ title: `Song ${i}`, artist: `Artist ${i % 400}` })),
];
/** This many, from the first, are loved, and also played where the service stores plays. */
export const LOVED = 5;
export const LIST_NAME = 'Список 夜';

/** An account with SONGS at a fake of one service. */
export interface AccountElsewhere {
  readonly service: Service;
  /** @returns the connection's id */
  signIn(connections: Connections, listener: string): Promise<string>;
  /** Secrets that must not appear anywhere. */
  secrets(): string[];
  /** Makes every request fail in this way from now on; null = none fails. */
  fail(how: 'drop' | 'error' | null): void;
  changePassword(): void;
  /** Deletes song number 3, which is loved and shares its name with another. */
  deleteSong(): void;
  /** Makes the next write of a list fail after the list was created there, so that its writer does not know. */
  loseCreation(): void;
  /** Names and lengths of the playlists there. */
  lists(): [name: string, length: number][];
  /** Every address requested. */
  addresses(): string[];
  stop(): Promise<void>;
}

const at = (i: number): number => 1_700_000_000 - i * 3600;
const idOf = (i: number): string => `song${String(i).padStart(18, '0')}`;
const all = SONGS.map((_, i) => i);

async function spotifyAccount(): Promise<AccountElsewhere> {
  const fake = await FakeSpotify.start();
  fake.checks = false;
  const trackOf = (i: number) => ({
    ...fakeTrack(i),
    external_ids: {},
    name: SONGS[i]!.title,
    artists: [{ id: `a${i}`, name: SONGS[i]!.artist }],
  });
  fake.saved = all.slice(0, LOVED).map((i) => ({ added_at: new Date(at(i) * 1000).toISOString(), track: trackOf(i) }));
  fake.plays = all.slice(0, LOVED).map((i) => ({ played_at: new Date(at(i) * 1000).toISOString(), track: trackOf(i) }));
  fake.lists = [
    { id: 'l', name: LIST_NAME, description: '', owner: 'me', snapshot: 1, followed: true, entries: all.map(trackOf) },
  ];
  const service = spotifyAt({ accounts: fake.origin, api: fake.origin });
  let losses = 0;
  fake.lost = (name) => name.startsWith('POST') && losses-- > 0;
  return {
    service,
    async signIn(connections, listener) {
      const redirect = 'http://127.0.0.1:8787/api/connections/callback';
      const begun = await service.browser!.begin({ clientId: CLIENT_ID }, redirect);
      const answer = fake.agree(begun.address);
      return (await connections.connect('spotify', listener, { clientId: CLIENT_ID, redirect, answer, ...begun.kept }))
        .id;
    },
    secrets: () => [fake.refresh, ...fake.access],
    fail: (how) => {
      fake.before =
        how &&
        ((_name, response) => {
          if (how === 'drop') response.destroy();
          else send(response, 503, 'Down');
          return true;
        });
    },
    changePassword: () => {
      fake.refresh = 'withdrawn';
      fake.access.clear();
    },
    deleteSong: () => {
      fake.saved[3]!.track = null;
      // Another song is removed, so that the saved songs are read to the end.
      fake.saved.push({ added_at: new Date(at(99) * 1000).toISOString(), track: null });
    },
    loseCreation: () => {
      losses = 1;
    },
    lists: () => fake.lists.map(({ name, entries }) => [name, entries.length]),
    addresses: () => fake.requests,
    stop: () => fake.stop(),
  };
}

async function subsonicAccount(): Promise<AccountElsewhere> {
  const fake = await FakeNavidrome.start(
    SONGS.map(({ title, artist }, i) => ({
      ...{ id: idOf(i), title, artist, album: `Album ${i % 900}`, duration: 200 },
      ...(i < LOVED && { starred: new Date(at(i) * 1000).toISOString() }),
    })),
    { password: 'the-password-of-alice' },
  );
  fake.playlists.push({ id: 'l', name: LIST_NAME, comment: '', changed: 'x', songs: all.map(idOf) });
  const failures = { how: null as 'drop' | 'error' | null, losses: 0 };
  fake.before = (method, response) => {
    if (failures.how === 'drop') response.destroy();
    else if (failures.how === 'error') response.writeHead(502).end('Bad gateway');
    else if (method === 'updatePlaylist' && failures.losses-- > 0) response.destroy();
    else return undefined;
    return true;
  };
  return {
    service: subsonic,
    signIn: async (connections, listener) => {
      const { address, user, password } = fake;
      return (await connections.connect('subsonic', listener, { address, user, password })).id;
    },
    secrets: () => [fake.password],
    fail: (how) => {
      failures.how = how;
    },
    changePassword: () => {
      fake.password = 'another-password-of-alice';
    },
    deleteSong: () => {
      fake.songs.splice(3, 1);
      fake.scan++;
    },
    loseCreation: () => {
      failures.losses = 1;
    },
    lists: () => fake.playlists.map(({ name, songs }) => [name, songs.length]),
    addresses: () => fake.requests.map(({ url }) => url),
    stop: () => fake.stop(),
  };
}

/** How the fakes based on FakeJsonServer fail. @param creates the path that creates a list */
function jsonFailures(fake: FakeJsonServer, creates: RegExp) {
  let how: Failure | undefined;
  let losses = 0;
  fake.fail = ({ method, url }: FakeRequest): Failure | undefined =>
    how ?? (method === 'POST' && creates.test(url.pathname) && losses-- > 0 ? 'lost' : undefined);
  return {
    fail: (which: 'drop' | 'error' | null): void => {
      how = which === 'error' ? { status: 500, body: { code: 500, error: 'Down' } } : (which ?? undefined);
    },
    loseCreation: (): void => {
      losses = 1;
    },
    addresses: (): string[] => fake.requests.map(({ url }) => url.href),
    stop: () => fake.stop(),
  };
}

async function jellyfinAccount(): Promise<AccountElsewhere> {
  const fake = await new FakeJellyfin().start();
  fake.checks = false;
  fake.items = SONGS.map(({ title, artist }, i) => ({ id: idOf(i), name: title, artist, favourite: i < LOVED }));
  fake.lists = [{ id: 'l', name: LIST_NAME, ids: all.map(idOf) }];
  return {
    ...jsonFailures(fake, /^\/Playlists$/),
    service: jellyfin,
    signIn: async (connections, listener) => {
      const { address, password } = fake;
      return (await connections.connect('jellyfin', listener, { address, user: 'alice', password })).id;
    },
    secrets: () => [fake.password, fake.token],
    changePassword: () => {
      fake.password = 'another secret of alice';
      fake.token = 'beadedfacade4455';
    },
    deleteSong: () => {
      fake.items.splice(3, 1);
    },
    lists: () => fake.lists.map(({ name, ids }) => [name, ids.length]),
  };
}

async function listenBrainzAccount(): Promise<AccountElsewhere> {
  const fake = await new FakeListenBrainz().start();
  const loved = all.slice(0, LOVED);
  fake.listens = loved.map((i) => ({ ...SONGS[i]!, at: at(i), mbid: mbidOf(i) }));
  fake.feedback = loved.map((i) => ({ ...SONGS[i]!, mbid: mbidOf(i), score: 1 }));
  fake.lists = [
    {
      id: '22222222-0000-4000-8000-000000000001',
      title: LIST_NAME,
      annotation: '',
      changed: 1,
      mbids: all.map(mbidOf),
    },
  ];
  return {
    ...jsonFailures(fake, /playlist\/create$/),
    service: listenbrainz,
    signIn: async (connections, listener) => {
      const { address, token } = fake;
      return (await connections.connect('listenbrainz', listener, { address, token })).id;
    },
    secrets: () => [fake.token],
    changePassword: () => {
      fake.token = 'another-token-of-alice';
    },
    deleteSong: () => {
      fake.feedback[3]!.title = null;
      fake.listens.splice(3, 1);
    },
    lists: () => fake.lists.map(({ title, mbids }) => [title, mbids.length]),
  };
}

async function lastFmAccount(): Promise<AccountElsewhere> {
  const fake = await new FakeLastFm().start();
  fake.plays = SONGS.map((song, i) => ({ ...song, at: at(i) }));
  fake.loved = SONGS.slice(0, LOVED).map((song) => ({ ...song }));
  return {
    ...jsonFailures(fake, /nothing/),
    service: lastFmAt(fake.address),
    signIn: async (connections, listener) =>
      (await connections.connect('lastfm', listener, { user: 'alice', key: fake.key })).id,
    secrets: () => [fake.key],
    changePassword: () => {
      fake.key = 'another-key-of-alice';
    },
    deleteSong: () => {
      fake.plays.splice(3, 1);
    },
    lists: () => [],
    // Its API accepts the key only in the address.
    addresses: () => [],
  };
}

/** One account at every service, by the service's id. That the fakes match the services' own descriptions is tested with fewer songs. */
export const ACCOUNTS: Readonly<Record<string, () => Promise<AccountElsewhere>>> = {
  subsonic: subsonicAccount,
  jellyfin: jellyfinAccount,
  spotify: spotifyAccount,
  listenbrainz: listenBrainzAccount,
  lastfm: lastFmAccount,
};
