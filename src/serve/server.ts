import { databaseUrl } from '../config.ts';
import { type Connected, openConnected } from '../connect/open.ts';
import { readLatestReport } from '../evaluate/library-evaluation.ts';
import { Explorer } from '../explore/explorer.ts';
import type { Library } from '../library/library.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine, type EngineOptions } from '../recommend/engine.ts';
import { openAccess } from './access.ts';
import { buildApp } from './app.ts';
import type { App } from './context.ts';
import { processRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { listen } from './listen.ts';

export interface Server {
  readonly app: App;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Opens a library and answers on host and port; the search index and the models are made ready beside the first answers.
 * @param options of the engine: whether songs that the catalogue lacks may be kept
 * @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER, USAGE (the port)
 */
export async function startServer(
  library: Library,
  host: string,
  port: number,
  options: EngineOptions = {},
): Promise<Server> {
  const engine = await Engine.open(library, options);
  const jobs = new Jobs(processRunner(library.dir), () => engine.refresh());
  // Whoever listens beyond loopback means to be addressed by other names.
  const loopback = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const household = openHousehold(library, databaseUrl());
  let opened: Promise<Connected> | null = null;
  const connected = (): Promise<Connected> => {
    // A store that could not be opened is tried again by the next request.
    opened ??= openConnected(library, engine, household).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  const app = await buildApp(
    {
      engine,
      explorer: new Explorer(engine),
      jobs,
      household,
      access: openAccess,
      report: () => readLatestReport(library.dir),
      connected,
    },
    { allowedHosts: loopback ? [] : ['*'], logger: true },
  );
  const address = await listen(app, host, port);
  setImmediate(() => {
    engine.warmUp().catch((error: unknown) => app.log.error(error));
  });
  const close = async (): Promise<void> => {
    jobs.cancelAll();
    await app.close();
    (await opened)?.close();
    await household.close();
  };
  return { app, engine, jobs, address, close };
}
