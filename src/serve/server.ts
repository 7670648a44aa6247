import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Configuration, SETTINGS } from '../configuration/settings.ts';
import type { Service } from '../connect/contract.ts';
import { type Connected, endConnectionsOf, openConnected } from '../connect/open.ts';
import { DOWNLOADS } from '../connect/open-sets/download.ts';
import { networkFile } from '../connect/own-files/network-file.ts';
import { storeFile } from '../connect/store-file.ts';
import { latestReportReader } from '../evaluate/library-evaluation.ts';
import { Explorer } from '../explore/explorer.ts';
import type { Library } from '../library/library.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine, type EngineOptions } from '../recommend/engine.ts';
import { Metrics } from '../recommend/metrics.ts';
import { openAccess } from './access.ts';
import { AnsweringPool } from './answering/pool.ts';
import type { Answering } from './answering/question.ts';
import { SharedFiles } from './answering/shared-files.ts';
import { buildApp } from './app.ts';
import { Accounts } from './auth/accounts.ts';
import { openIdOf } from './auth/openid-settings.ts';
import { ownAccess } from './auth/signed-in.ts';
import { closeGently } from './closing.ts';
import type { App } from './context.ts';
import { isLoopback } from './hosts.ts';
import { processRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { oneAmongServers } from './jobs-among-servers.ts';
import { listen } from './listen.ts';
import { logOptions } from './monitoring/log.ts';
import { startWeeklyClock } from './weekly-clock.ts';

/** Queries for each thread that may wait, however little they take. */
const WAITING = 32;

export interface Server {
  readonly app: App;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly answers: Answering;
  readonly address: string;
  /** Where the first administrator is made, once; null when there is one, or no sign-in. */
  readonly firstRun: string | null;
  close(): Promise<void>;
}

/** The settings that a server goes by; what is left out has its default. */
export type ServerSettings = Pick<Configuration, 'host' | 'port'> &
  Partial<Omit<Configuration, 'library'>> & {
    /** What can be connected; default: the real services. */
    readonly services?: readonly Service[] | undefined;
  };

/**
 * Opens a library and answers on the host and port of the settings. Connections are accepted before the library is read, and wait for it; the search
 * index and the models are made ready beside the first answers. Beyond loopback only who signs in may come in, unless `openWithoutSignIn`.
 * @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER, USAGE (the port)
 */
export async function startServer(library: Library, settings: ServerSettings): Promise<Server> {
  const { host, port } = settings;
  // Says so before anything is written or started.
  if ((await library.datasetId()) === null) await library.dataset();
  const engineOptions: EngineOptions = {
    // Names are never kept: anybody who reaches the server could put text into the catalogue.
    keepUnknown: settings.keepUnknown ? 'ids' : 'nothing',
    // Each answering thread loads a model at its first query; this thread answers for the catalogue's size and the map.
    ahead: 'none',
  };
  const listening = Promise.withResolvers<void>();
  const files = new SharedFiles(library, listening.promise);
  const metrics = new Metrics();
  // Its first thread starts, and the default model is read, while the dataset is.
  const answers = new AnsweringPool(files, library.dir, metrics, {
    threads: availableParallelism(),
    waiting: WAITING * availableParallelism(),
    patience: 1000 * (settings.longestWait ?? SETTINGS.longestWait.fallback),
    engine: engineOptions,
  });
  files.readAhead();
  const engine = Engine.unopened(files.asLibrary(), engineOptions, metrics);
  const engineOpened = listening.promise.then(() => engine.open());
  engineOpened.catch(() => {});
  const household = openHousehold(library, settings.databaseUrl);
  const jobs = new Jobs(oneAmongServers(household, processRunner(library.dir)), async () => {
    await Promise.all([engine.refresh(), answers.refresh()]);
  });
  const required = settings.signIn || (!isLoopback(host) && !settings.openWithoutSignIn);
  const accounts = required ? new Accounts(async () => (await household.repository()).accounts) : undefined;
  const code = (await accounts?.firstRun()) ?? null;
  let opened: Promise<Connected> | null = null;
  const connected = (): Promise<Connected> => {
    // A store that could not be opened is tried again by the next request.
    opened ??= openConnected(library, engine, household, settings.services).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  household.beforeDeletion(async (listener) => endConnectionsOf(await connected(), listener));
  // Read only where it is wanted: it takes longer to load than all that starts a server.
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
      jobs,
      household,
      access: accounts ? ownAccess : openAccess,
      accounts,
      openId: accounts && openIdOf(accounts, settings, async () => (await connected()).connections.store),
      report: latestReportReader(library.dir),
      networkThere: () => existsSync(networkFile(join(library.dir, DOWNLOADS))),
      connected,
      ownHosts: () => (telemetry ? [telemetry.host()] : []),
    },
    {
      allowedHosts: settings.allowedHosts,
      trustedProxies: settings.trustedProxies,
      loopback: isLoopback(host),
      log: logOptions(settings.logLevel),
      telemetry,
      opened: engineOpened,
    },
  );
  let stopWeekly: (() => Promise<void>) | null = null;
  const close = async (): Promise<void> => {
    jobs.cancelAll();
    const written = stopWeekly?.();
    await closeGently(app, answers);
    await written;
    const parts = await opened?.catch(() => null);
    await parts?.weekly?.close();
    await engine.close();
    await telemetry?.close();
    parts?.close();
    await household.close();
  };
  let address: string;
  try {
    address = await listen(app, host, port);
    listening.resolve();
    await engineOpened;
  } catch (error) {
    listening.reject(error);
    await close();
    throw error;
  }
  stopWeekly = startWeeklyClock(
    async () => (existsSync(storeFile(library.dir)) ? (await connected()).weekly : null),
    (error) => app.log.error(error),
  );
  const firstRun = code === null ? null : `${address}/join?code=${code}`;
  return { app, engine, jobs, answers, address, firstRun, close };
}
