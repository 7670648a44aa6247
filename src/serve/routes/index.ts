import type { Routes } from '../context.ts';
import { account } from './account.ts';
import { analyses } from './analyses.ts';
import { asyncapi } from './asyncapi.ts';
import { auth } from './auth.ts';
import { connections } from './connections.ts';
import { connectionsCode } from './connections-code.ts';
import { connectionsFiles } from './connections-files.ts';
import { connectionsPlay } from './connections-play.ts';
import { connectionsPlugin } from './connections-plugin.ts';
import { connectionsSignIn } from './connections-sign-in.ts';
import { connectionsSync } from './connections-sync.ts';
import { connectionsTokens } from './connections-tokens.ts';
import { connectionsWeekly } from './connections-weekly.ts';
import { evaluation } from './evaluation.ts';
import { experiments } from './experiments.ts';
import { explore } from './explore.ts';
import { health } from './health.ts';
import { imports } from './imports.ts';
import { importsMine } from './imports-mine.ts';
import { jobs } from './jobs.ts';
import { library } from './library.ts';
import { listenbrainz } from './listenbrainz.ts';
import { listeners } from './listeners.ts';
import { listenersBacktest } from './listeners-backtest.ts';
import { listenersEvents } from './listeners-events.ts';
import { listenersLists } from './listeners-lists.ts';
import { listenersLive } from './listeners-live.ts';
import { listenersOpinions } from './listeners-opinions.ts';
import { listenersPersonal } from './listeners-personal.ts';
import { listenersPlays } from './listeners-plays.ts';
import { listenersReport } from './listeners-report.ts';
import { map } from './map.ts';
import { metrics } from './metrics.ts';
import { models } from './models.ts';
import { openid } from './openid.ts';
import { operation } from './operation.ts';
import { owners } from './owners.ts';
import { passkeys } from './passkeys.ts';
import { paths } from './paths.ts';
import { recommendations } from './recommendations.ts';
import { resolve } from './resolve.ts';
import { rest } from './rest.ts';
import { similar } from './similar.ts';
import { tracks } from './tracks.ts';

/** Every file of routes, one line each. */
export const ROUTES: readonly Routes[] = [
  metrics,
  operation,
  recommendations,
  similar,
  paths,
  tracks,
  resolve,
  owners,
  models,
  library,
  imports,
  analyses,
  listeners,
  importsMine,
  listenersPersonal,
  listenersBacktest,
  listenersReport,
  experiments,
  listenersPlays,
  listenersOpinions,
  listenersLists,
  listenersEvents,
  listenersLive,
  map,
  explore,
  evaluation,
  jobs,
  asyncapi,
  health,
  connections,
  connectionsSignIn,
  connectionsCode,
  connectionsSync,
  connectionsFiles,
  connectionsPlay,
  connectionsTokens,
  connectionsWeekly,
  connectionsPlugin,
  rest,
  listenbrainz,
  auth,
  account,
  passkeys,
  openid,
];
