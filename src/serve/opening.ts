import { availableParallelism } from 'node:os';
import { SETTINGS } from '../configuration/settings.ts';
import type { Library } from '../library/library.ts';
import type { EngineOptions } from '../recommend/engine.ts';
import { Metrics } from '../recommend/metrics.ts';
import { AnsweringPool } from './answering/pool.ts';
import { SharedFiles } from './answering/shared-files.ts';
import type { ServerSettings } from './server.ts';

/** Queries for each thread that may wait, however little they take. */
const WAITING = 32;

/** What of a server is under way before its routes are loaded. */
export interface Opening {
  readonly files: SharedFiles;
  readonly answers: AnsweringPool;
  readonly metrics: Metrics;
  readonly engineOptions: EngineOptions;
}

/**
 * Starts the first answering thread, which reads the dataset and the default model. All that the routes need takes as long to load as this does, and
 * is loaded meanwhile: nothing of it may be imported here.
 * @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER
 */
export async function beginOpening(library: Library, settings: ServerSettings): Promise<Opening> {
  // Says so before anything is written or started.
  if ((await library.datasetId()) === null) await library.dataset();
  const engineOptions: EngineOptions = {
    // Names are never kept: anybody who reaches the server could put text into the catalogue.
    keepUnknown: settings.keepUnknown ? 'ids' : 'nothing',
    // Each answering thread loads a model at its first query; this thread answers for the catalogue's size and the map.
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
