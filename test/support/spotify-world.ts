import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service, ServiceContext } from '../../src/connect/contract.ts';
import { type Connected, openConnected } from '../../src/connect/open.ts';
import { spotifyAt } from '../../src/connect/spotify/spotify.ts';
import { Explorer } from '../../src/explore/explorer.ts';
import { Library } from '../../src/library/library.ts';
import { type Household, openHousehold } from '../../src/listeners/personal/household.ts';
import { Engine } from '../../src/recommend/engine.ts';
import { train } from '../../src/recommend/train.ts';
import { openAccess } from '../../src/serve/access.ts';
import { buildApp } from '../../src/serve/app.ts';
import type { App } from '../../src/serve/context.ts';
import { Jobs } from '../../src/serve/jobs.ts';
import { logOptions } from '../../src/serve/monitoring/log.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { CLIENT_ID, FakeSpotify, fakeTrack } from './fake-spotify.ts';

export interface SpotifyWorld {
  readonly dir: string;
  readonly library: Library;
  readonly engine: Engine;
  readonly household: Household;
  readonly app: App;
  readonly fake: FakeSpotify;
  readonly service: Service;
  readonly connected: Connected;
  /** Everything that the server has logged. */
  readonly logged: string[];
  /** Song t of the catalogue as Spotify represents it. */
  track(t: number): Record<string, unknown>;
  /** Signs Alice in. @returns the connection's id */
  signIn(): Promise<string>;
  close(): Promise<void>;
}

const REDIRECT = 'http://127.0.0.1:8787/api/connections/callback';

export interface SpotifyWorldSize {
  readonly tracks?: number;
  readonly playlists?: number;
  /** A library to copy instead of the demo world. */
  readonly from?: string | undefined;
  /** Services that can be connected besides Spotify, or instead of it. Default: none. */
  readonly services?: readonly Service[];
  readonly wait?: ServiceContext['wait'];
}

/** A trained library (the demo world), a small Spotify, and the listener Alice, who has not signed in yet. */
export async function spotifyWorld(models: readonly string[], size: SpotifyWorldSize = {}): Promise<SpotifyWorld> {
  const { tracks = 600, playlists = 300, from, services = [], wait } = size;
  const dir = await mkdtemp(join(tmpdir(), 'segue-spotify-'));
  if (from !== undefined) await cp(from, dir, { recursive: true });
  const library = await Library.open(dir);
  if (from === undefined) await library.importBatches(demo, 'demo', demoBatches({ tracks, playlists, seed: 5 }));
  if (from === undefined && models.length > 0) await train(library, { models: [...models] });
  const engine = await Engine.open(library);
  const household = openHousehold(library, undefined);
  const fake = await FakeSpotify.start();
  const service: Service = spotifyAt({ accounts: fake.origin, api: fake.origin });
  const offered = services.some(({ id }) => id === service.id) ? services : [service, ...services];
  const connected = await openConnected(library, engine, household, offered, Date.now, wait);
  await connected.repository.listeners.add({ name: 'Alice', id: 'alice' });
  const nothing = async (): Promise<void> => {};
  const logged: string[] = [];
  const stream = { write: (line: string) => logged.push(line) > 0 } as unknown as NodeJS.WritableStream;
  const app = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs: new Jobs(nothing, nothing),
      household,
      access: openAccess,
      report: async () => null,
      connected: async () => connected,
    },
    { log: logOptions('debug', stream) },
  );
  const track = (t: number): Record<string, unknown> => {
    const { dataset } = engine.current;
    const artist = dataset.artists.names.get(dataset.mainArtist(t));
    const id = /^spotify:track:(\w+)$/.exec(dataset.tracks.vocabulary.id(t))?.[1];
    const own = id === undefined ? {} : { id, uri: `spotify:track:${id}` };
    return {
      ...fakeTrack(t),
      ...own,
      name: dataset.tracks.names.get(t),
      artists: [{ id: `artist${t}`, name: artist }],
    };
  };
  const signIn = async (): Promise<string> => {
    const settings = { clientId: CLIENT_ID };
    const address = await connected.signIns.begin({
      service: 'spotify',
      listener: 'alice',
      settings,
      redirect: REDIRECT,
    });
    const { id } = await connected.signIns.finish(fake.agree(address));
    fake.requests = [];
    return id;
  };
  const close = async (): Promise<void> => {
    await app.close();
    connected.close();
    await household.close();
    await fake.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  };
  return { dir, library, engine, household, app, fake, service, connected, logged, track, signIn, close };
}
