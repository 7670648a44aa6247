import { als } from './als.ts';
import { analyse } from './analyse.ts';
import { answeringMemory } from './answering-memory.ts';
import { candidates } from './candidates.ts';
import { connectHome } from './connect-home.ts';
import { content } from './content.ts';
import { evaluation, fullRanking } from './evaluate.ts';
import { exportsBench } from './exports.ts';
import { growth } from './growth.ts';
import type { Bench } from './harness.ts';
import { hostileFiles } from './hostile-files.ts';
import { hybridBench } from './hybrid.ts';
import { importing } from './import.ts';
import { increments } from './increments.ts';
import { kmeans } from './kmeans.ts';
import { listenersBench } from './listeners.ts';
import { load } from './load.ts';
import { map } from './map.ts';
import { matrix } from './matrix.ts';
import { mpdPlaylistNeighbours, mpdTrackNeighbours } from './mpd-answers.ts';
import { mpdHybrid } from './mpd-hybrid.ts';
import { mpdImport } from './mpd-import.ts';
import { newcomer } from './newcomer.ts';
import { openData } from './open-data.ts';
import { page } from './page.ts';
import { peersBench } from './peers.ts';
import { personal } from './personal.ts';
import { ranker } from './ranker.ts';
import { ratingsBench } from './ratings.ts';
import { readiness } from './ready.ts';
import { resolving } from './resolve.ts';
import { routes } from './routes.ts';
import { scan } from './scan.ts';
import { search } from './search.ts';
import { sequenceBench } from './sequence.ts';
import { shards } from './shards.ts';
import { spark } from './spark.ts';
import { sparse } from './sparse.ts';
import { spotify } from './spotify.ts';
import { stream } from './stream.ts';
import { systems } from './systems.ts';

/** Every bench, one line each. */
export const BENCHES: readonly Bench[] = [
  scan,
  matrix,
  systems,
  sparse,
  sequenceBench,
  importing,
  openData,
  increments,
  hybridBench,
  candidates,
  ranker,
  ratingsBench,
  als,
  mpdPlaylistNeighbours,
  mpdTrackNeighbours,
  mpdHybrid,
  answeringMemory,
  peersBench,
  mpdImport,
  growth,
  search,
  readiness,
  evaluation,
  fullRanking,
  content,
  kmeans,
  page,
  map,
  shards,
  spark,
  personal,
  exportsBench,
  hostileFiles,
  newcomer,
  listenersBench,
  resolving,
  connectHome,
  spotify,
  stream,
  load,
  routes,
  analyse,
];
