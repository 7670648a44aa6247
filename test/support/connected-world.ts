import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connected, openConnected } from '../../src/connect/open.ts';
import { Explorer } from '../../src/explore/explorer.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { train } from '../../src/recommend/train.ts';
import { openAccess } from '../../src/serve/access.ts';
import { buildApp } from '../../src/serve/app.ts';
import type { App } from '../../src/serve/context.ts';
import { Jobs } from '../../src/serve/jobs.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { FakeNavidrome, type FakeSong } from './fake-navidrome.ts';

export interface ConnectedWorld {
  readonly dir: string;
  readonly library: Library;
  readonly engine: Engine;
  readonly app: App;
  readonly fake: FakeNavidrome;
  readonly connected: Connected;
  /** A listener called Alice, with a token. */
  readonly token: string;
  /** The connection to the fake server, synced. */
  readonly connection: string;
  close(): Promise<void>;
}

export interface WorldSize {
  readonly tracks?: number;
  readonly playlists?: number;
  /** One in this many songs of the catalogue is on the server. */
  readonly every?: number;
  readonly models?: string[];
}

/** A trained demo library, a music server with some of its songs and one that nobody else has, and a listener, all connected. */
export async function connectedWorld({
  tracks = 600,
  playlists = 300,
  every = 2,
  models,
}: WorldSize = {}): Promise<ConnectedWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-connected-'));
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks, playlists, seed: 5 }));
  await train(library, { models: models ?? ['popularity', 'track-neighbours', 'balanced', 'clusters'] });
  const engine = await Engine.open(library);
  const household = openHousehold(library, undefined);
  const fake = await FakeNavidrome.start(songsOf(engine, every));
  const connected = await openConnected(library, engine, household);
  const { id: listener } = await connected.repository.listeners.add({ name: 'Alice', id: 'alice' });
  const { token } = connected.tokens.create(listener, 'test');
  const { id: connection } = await connected.connections.connect('subsonic', listener, {
    address: fake.address,
    user: fake.user,
    password: fake.password,
  });
  await connected.connections.sync(connection);
  const nothing = async (): Promise<void> => {};
  const app = await buildApp({
    engine,
    explorer: new Explorer(engine),
    jobs: new Jobs(nothing, nothing),
    household,
    access: openAccess,
    report: async () => null,
    connected: async () => connected,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await connected.weekly?.close();
    connected.close();
    await household.close();
    await fake.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  };
  return { dir, library, engine, app, fake, connected, token, connection, close };
}

function songsOf(engine: Engine, every: number): FakeSong[] {
  const { dataset } = engine.current;
  const songs: FakeSong[] = [];
  for (let t = 0; t < dataset.tracks.count; t += every)
    songs.push({
      id: `nd${String(t).padStart(20, '0')}`,
      title: dataset.tracks.names.get(t),
      artist: dataset.artists.names.get(dataset.mainArtist(t)),
      album: `Album ${t % 60}`,
      duration: Math.round(dataset.tracks.durationMs[t]! / 1000),
      mbid: `00000000-0000-4000-8000-${String(t).padStart(12, '0')}`,
    });
  songs.push({ id: 'nd-only-here', title: 'Only on the server', artist: 'Nobody Else', album: 'Alone', duration: 100 });
  return songs;
}
