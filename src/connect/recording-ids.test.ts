import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { FakeJellyfin } from '../../test/support/fake-jellyfin.ts';
import { FakeListenBrainz } from '../../test/support/fake-listenbrainz.ts';
import { FakeNavidrome } from '../../test/support/fake-navidrome.ts';
import { CLIENT_ID, FakeSpotify, fakeTrack } from '../../test/support/fake-spotify.ts';
import { RecordingTarget } from '../../test/support/recording-target.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { Library } from '../library/library.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { Engine } from '../recommend/engine.ts';
import { CatalogueMatcher } from './catalogue-matcher.ts';
import { Connections } from './connections.ts';
import type { Service } from './contract.ts';
import { SERVICES } from './registry.ts';
import { spotifyAt } from './spotify/spotify.ts';
import { ConnectionStore } from './store.ts';

const ORIGIN = { id: 'test', title: 'Test', licence: '', citation: '' };
const MBID = '8f3471b5-7e6a-48da-86a9-c1c07a0f47ae';
const BY_MBID = `musicbrainz:recording:${MBID}`;
/** What the catalogue has: three recordings by Ann. */
const CATALOGUE = { [BY_MBID]: 'First', 'isrc:USABC2600001': 'Second', 'isrc:USABC2600002': 'Third' };

/** Songs as a service tells of them, and the catalogue's song of each; null = none. */
const CASES = {
  renamedMbid: { title: 'Erstes', artist: 'A. N. N.', mbid: MBID, is: BY_MBID },
  renamedIsrc: { title: 'Zweites', artist: 'A. N. N.', isrc: 'USABC2600001', is: 'isrc:USABC2600001' },
  namedAsAnother: { title: 'Second', artist: 'Ann', isrc: 'USABC2600002', is: 'isrc:USABC2600002' },
  namedAsAnotherMbid: { title: 'Second', artist: 'Ann', mbid: MBID, is: BY_MBID },
  otherRecording: { title: 'Third', artist: 'Ann', isrc: 'USABC2600099', is: null },
  namesAlone: { title: 'Third', artist: 'Ann', is: 'isrc:USABC2600002' },
} as const;
type Case = keyof typeof CASES;
interface Song {
  readonly title: string;
  readonly artist: string;
  readonly mbid?: string;
  readonly isrc?: string;
  readonly is: string | null;
}
const songOf = (name: Case): Song => CASES[name];

interface World {
  connections: Connections;
  target: RecordingTarget;
}

/** Runs with a library of the catalogue and connections that match against it. */
const inWorld = (
  name: string,
  run: (world: World, context: TestContext) => Promise<void>,
  services?: (context: TestContext) => Promise<readonly Service[]>,
): void =>
  void test(name, (context) =>
    withTemporary(async (dir) => {
      const library = await Library.open(dir);
      const tracks = Object.entries(CATALOGUE).map(([uri, title]) => ({
        uri,
        name: title,
        artists: [{ name: 'Ann' }],
      }));
      await library.importBatches(ORIGIN, 'catalogue', [{ ...emptyBatch(), tracks }]);
      const engine = await Engine.open(library);
      const store = ConnectionStore.open(dir);
      const target = new RecordingTarget();
      const connections = new Connections({
        store,
        repository: target.target as ListenerRepository,
        matcher: new CatalogueMatcher(() => engine.current),
        library: { importBatches: async () => null as never },
        wait: async () => {},
        services: (await services?.(context)) ?? SERVICES,
      });
      await run({ connections, target }, context);
      store.close();
    }),
  );

/** Syncs, and compares what each case was taken for. @param own the id of a song that the catalogue lacks */
async function holds(
  { connections }: World,
  connection: string,
  cases: readonly Case[],
  own: (id: string) => string = (id) => `${connection}:${id}`,
  idOf: (name: Case) => string = (name) => name,
): Promise<void> {
  await connections.sync(connection);
  assert.deepEqual(
    cases.map((name) => [name, connections.held.get(connection, idOf(name))?.uri]),
    cases.map((name) => [name, songOf(name).is ?? own(idOf(name))]),
  );
}

const ALL = Object.keys(CASES) as Case[];

inWorld('OpenSubsonic: recording ids decide, whatever the songs are called', async (world, context) => {
  const songs = ALL.map((id) => {
    const { title, artist, mbid, isrc } = songOf(id);
    return { id, title, artist, album: '', duration: 200, ...(mbid && { mbid }), ...(isrc && { isrc }) };
  });
  const fake = await FakeNavidrome.start(songs);
  context.after(() => fake.stop());
  const { id } = await world.connections.connect('subsonic', 'me', {
    address: fake.address,
    user: fake.user,
    password: fake.password,
  });
  await holds(world, id, ALL);
});

inWorld('Jellyfin: MusicBrainz recordings decide; it knows no ISRC', async (world, context) => {
  const fake = await new FakeJellyfin().start();
  context.after(() => fake.stop());
  const cases: Case[] = ['renamedMbid', 'namedAsAnotherMbid', 'namesAlone'];
  fake.items = cases.map((id) => {
    const { title: name, artist, mbid } = songOf(id);
    return { id, name, artist, ...(mbid && { mbid }) };
  });
  const { id } = await world.connections.connect('jellyfin', 'me', {
    address: fake.address,
    user: 'alice',
    password: fake.password,
  });
  await holds(world, id, cases);
});

let spotify: FakeSpotify;
inWorld(
  'Spotify: ISRCs decide; it knows no MusicBrainz recording',
  async (world) => {
    const cases: Case[] = ['renamedIsrc', 'namedAsAnother', 'otherRecording', 'namesAlone'];
    const tracks = cases.map((name, n) => {
      const { title, artist, isrc } = songOf(name);
      return {
        ...fakeTrack(n),
        name: title,
        artists: [{ id: 'a', name: artist }],
        external_ids: isrc === undefined ? {} : { isrc },
      };
    });
    spotify.saved = tracks.map((track) => ({ added_at: '2026-01-01T00:00:00Z', track }));
    const redirect = 'http://127.0.0.1:8787/api/connections/callback';
    const begun = await world.connections.serviceOf('spotify').browser!.begin({ clientId: CLIENT_ID }, redirect);
    const { id } = await world.connections.connect('spotify', 'me', {
      clientId: CLIENT_ID,
      redirect,
      answer: spotify.agree(begun.address),
      ...begun.kept,
    });
    const ids = tracks.map((track) => String((track as { id?: unknown }).id));
    await holds(
      world,
      id,
      cases,
      (song) => `${id}:${song}`,
      (name) => ids[cases.indexOf(name)]!,
    );
  },
  async (context) => {
    spotify = await FakeSpotify.start();
    context.after(() => spotify.stop());
    return [spotifyAt({ accounts: spotify.origin, api: spotify.origin })];
  },
);

inWorld('ListenBrainz: plays are of the recording that their ids name', async ({ connections, target }, context) => {
  const fake = await new FakeListenBrainz().start();
  context.after(() => fake.stop());
  fake.listens = ALL.map((name, n) => {
    const { title, artist, mbid, isrc } = songOf(name);
    return { at: 1_700_000_000 - n * 300, title, artist, ...(mbid && { mbid }), ...(isrc && { isrc }) };
  });
  const { id } = await connections.connect('listenbrainz', 'me', { address: fake.address, token: fake.token });
  await connections.sync(id);
  const plays = [...target.playsById.values()].sort((a, b) => b.at - a.at);
  assert.equal(plays.length, ALL.length);
  plays.forEach((play, n) => {
    const { is } = songOf(ALL[n]!);
    if (is === null) assert.ok(!(play.song in CATALOGUE), `${ALL[n]} was taken for ${play.song}`);
    else assert.equal(play.song, is, ALL[n]);
  });
});
