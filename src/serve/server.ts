import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../configuration/settings.ts';
import type { Service } from '../connect/contract.ts';
import { loadNetwork } from '../connect/network.ts';
import { type Connected, endConnectionsOf, openConnected } from '../connect/open.ts';
import { DOWNLOADS } from '../connect/open-sets/download.ts';
import { networkFile } from '../connect/own-files/network-file.ts';
import { storeFile } from '../connect/store-file.ts';
import { SegueError } from '../errors.ts';
import { latestReportReader } from '../evaluate/library-evaluation.ts';
import { Explorer } from '../explore/explorer.ts';
import type { Library } from '../library/library.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine } from '../recommend/engine.ts';
import { openAccess } from './access.ts';
import { type Answering, modelsOf } from './answering/question.ts';
import { buildApp } from './app.ts';
import { Accounts } from './auth/accounts.ts';
import { openIdOf } from './auth/openid-settings.ts';
import { ownAccess } from './auth/signed-in.ts';
import { closeGently } from './closing.ts';
import type { App } from './context.ts';
import { isLoopback } from './host-names.ts';
import { processRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { oneAmongServers } from './jobs-among-servers.ts';
import { listen } from './listen.ts';
import { logOptions } from './monitoring/log.ts';
import { beginOpening, type Opening } from './opening.ts';
import { OwnSongs } from './own-songs/own-songs.ts';
import { ProbePort } from './probes/probe-port.ts';
import type { ServerState } from './probes/shared-state.ts';
import { readiness } from './readiness.ts';
import { startWeeklyClock } from './weekly-clock.ts';

export interface Server {
  readonly app: App;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly answers: Answering;
  readonly address: string;
  /** Address of the separate port for probes; null without one. */
  readonly healthAddress: string | null;
  /** Address for creating the first administrator, valid once; null if there is one already, or without sign-in. */
  readonly firstRun: string | null;
  close(): Promise<void>;
}

/** The settings of a server; omitted ones have their defaults. */
export type ServerSettings = Pick<Configuration, 'host' | 'port'> &
  Partial<Omit<Configuration, 'library'>> & {
    /** Services that can be connected; default: the real ones. */
    readonly services?: readonly Service[] | undefined;
  };

/**
 * Opens a library and serves it on the host and port of the settings. Connections are accepted before the library is read, and wait for it; the
 * search index and the models are prepared while first queries are already being answered. Beyond loopback, sign-in is required unless
 * `openWithoutSignIn`.
 * @param opening the work started before this module was loaded @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER, USAGE (the port)
 */
export async function startServer(library: Library, settings: ServerSettings, opening?: Opening): Promise<Server> {
  const { host, port } = settings;
  const { files, answers, metrics, engineOptions } = opening ?? (await beginOpening(library, settings));
  const ownSongs = new OwnSongs(files);
  const engine = Engine.unopened(files.asLibrary(), engineOptions, metrics);
  const engineOpened = engine.open();
  engineOpened.catch(() => {});
  const household = openHousehold(files.beside, settings.databaseUrl);
  const jobs = new Jobs(oneAmongServers(household, processRunner(library.dir)), async () => {
    await Promise.all([engine.refresh(), answers.refresh()]);
  });
  const required = settings.signIn || (!isLoopback(host) && !settings.openWithoutSignIn);
  const accounts = required ? new Accounts(async () => (await household.repository()).accounts) : undefined;
  const code = (await accounts?.firstRun()) ?? null;
  let stopping = false;
  let opened: Promise<Connected> | null = null;
  let store: Connected['connections']['store'] | null = null;
  const connected = (): Promise<Connected> => {
    // If the store could not be opened, the next request tries again.
    const open = (): Promise<Connected> =>
      openConnected(files.beside, engine, household, settings.services, undefined, undefined, {
        models: modelsOf(answers),
        brain: (query) => answers.ask('brain', query),
      });
    opened ??= loadNetwork()
      .then(open)
      .then((parts) => {
        ({ store } = parts.connections);
        return parts;
      })
      .catch((error: unknown) => {
        opened = null;
        throw error;
      });
    return opened;
  };
  household.beforeDeletion(async (listener) => endConnectionsOf(await connected(), listener));
  // Loaded only when needed: it takes longer to load than the rest of the start.
  const telemetry =
    settings.otlpEndpoint === undefined
      ? undefined
      : new (await import('./monitoring/telemetry.ts')).Telemetry(settings.otlpEndpoint);
  telemetry?.watch(engine.metrics, answers);
  const app = await buildApp(
    {
      engine,
      answers,
      metricsToken: settings.metricsToken,
      explorer: new Explorer(engine),
      ownSongs,
      jobs,
      household,
      access: accounts ? ownAccess : openAccess,
      accounts,
      openId: accounts && openIdOf(accounts, settings, async () => (await connected()).connections.store),
      report: latestReportReader(library.dir),
      networkThere: () => existsSync(networkFile(join(library.dir, DOWNLOADS))),
      connected,
      settle: () => store?.settle() ?? null,
      ownHosts: () => (telemetry ? [telemetry.host()] : []),
    },
    {
      allowedHosts: settings.allowedHosts,
      trustedProxies: settings.trustedProxies,
      loopback: isLoopback(host),
      log: logOptions(settings.logLevel),
      telemetry,
      opened: engineOpened,
      ready: Promise.all([engineOpened, answers.whenReady()]).then(() => {}),
    },
  );
  let probes: ProbePort | null = null;
  const tellProbes = (): void => probes?.tell();
  engineOpened.then(tellProbes, tellProbes);
  void answers.whenReady().then(tellProbes);
  let stopWeekly: (() => Promise<void>) | null = null;
  const close = async (): Promise<void> => {
    stopping = true;
    tellProbes();
    jobs.cancelAll();
    const written = stopWeekly?.();
    await closeGently(app, answers);
    await written;
    const parts = await opened?.catch(() => null);
    await parts?.weekly?.close();
    await ownSongs.close();
    await engine.close();
    await telemetry?.close();
    await files.beside.close();
    parts?.close();
    await household.close();
    // The probe port reports until the end that the server is stopping.
    await probes?.close();
  };
  let address: string;
  try {
    probes = await openProbes(
      settings,
      () => ({ ...readiness(engine, answers), stopping }),
      () => engine.metrics.count('probe threads that failed'),
    );
    address = await listen(app, host, port);
    await engineOpened;
  } catch (error) {
    await close();
    throw error;
  }
  stopWeekly = startWeeklyClock(
    async () => (existsSync(storeFile(library.dir)) ? (await connected()).weekly : null),
    (error) => app.log.error(error),
  );
  const firstRun = code === null ? null : `${address}/join?code=${code}`;
  const healthAddress = probes?.address ?? null;
  return { app, engine, jobs, answers, address, healthAddress, firstRun, close };
}

/** @throws SegueError USAGE when the port is taken, not allowed, or the server's own */
async function openProbes(
  { host, port, healthPort, allowedHosts = [] }: ServerSettings,
  state: () => ServerState,
  failed: () => void,
): Promise<ProbePort | null> {
  if (healthPort === undefined) return null;
  if (healthPort === port && port !== 0)
    throw new SegueError('USAGE', {
      got: `Both the port and the port of health checks are ${port}`,
      expected: 'two ports',
      remedy: `Choose another one, e.g. --health-port ${port + 1}`,
    });
  return ProbePort.open({ host, port: healthPort, allowedHosts }, state, failed);
}
