import { availableParallelism } from 'node:os';
import { SETTINGS } from '../configuration/settings.ts';
import type { Library } from '../library/library.ts';
import type { EngineOptions } from '../recommend/engine.ts';
import { Metrics } from '../recommend/metrics.ts';
import { AnsweringPool } from './answering/pool.ts';
import { SharedFiles } from './answering/shared-files.ts';
import type { ServerSettings } from './server.ts';

/** Number of queries per thread that may wait, however cheap they are. */
const WAITING = 32;

/** The parts of a server that are started before its routes are loaded. */
export interface Opening {
  readonly files: SharedFiles;
  readonly answers: AnsweringPool;
  readonly metrics: Metrics;
  readonly engineOptions: EngineOptions;
}

/**
 * Starts the first answering thread, which reads the dataset and the default model. The routes' modules take as long to load and are loaded
 * meanwhile, so none of them may be imported here.
 * @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER
 */
export async function beginOpening(library: Library, settings: ServerSettings): Promise<Opening> {
  // Reports an error before anything is written or started.
  if ((await library.datasetId()) === null) await library.dataset();
  const engineOptions: EngineOptions = {
    // Names are never kept: otherwise anyone who reaches the server could put text into the catalogue.
    keepUnknown: settings.keepUnknown ? 'ids' : 'nothing',
    // Answering threads load a model at its first query; this thread needs only the size of the catalogue and the map.
    ahead: 'none',
  };
  const files = new SharedFiles(library);
  const metrics = new Metrics();
  const answers = new AnsweringPool(files, library.dir, metrics, {
    threads: availableParallelism(),
    waiting: WAITING * availableParallelism(),
    patience: 1000 * (settings.longestWait ?? SETTINGS.longestWait.fallback),
    engine: engineOptions,
  });
  return { files, answers, metrics, engineOptions };
}
