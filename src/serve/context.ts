import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { HostLine } from '../connect/host-lines.ts';
import type { Connected } from '../connect/open.ts';
import type { EvaluationReport } from '../evaluate/report/report-data.ts';
import type { Explorer } from '../explore/explorer.ts';
import type { Household } from '../listeners/personal/household.ts';
import type { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import type { OwnSongMatcher } from '../listeners/resolve/own-song-matcher.ts';
import type { Engine } from '../recommend/engine.ts';
import type { Access } from './access.ts';
import type { Answering } from './answering/question.ts';
import type { Accounts } from './auth/accounts.ts';
import type { OpenId } from './auth/openid.ts';
import type { EarlyRefusal } from './early-refusal.ts';
import type { Jobs } from './jobs.ts';

/** Dependencies of the routes. */
export interface ServeContext {
  /** Answers queries on other threads, or on the main one. */
  readonly answers: Answering;
  /** Refuses queries before they are read while the queue is full. */
  readonly refusal: EarlyRefusal;
  readonly engine: Engine;
  /** The token required to read /metrics; undefined = only this machine may. */
  readonly metricsToken?: string | undefined;
  readonly explorer: Explorer;
  readonly jobs: Jobs;
  readonly household: Household;
  /** Lists made for one listener, kept in one place for all routes. */
  readonly personal: PersonalRecommender;
  /** Matches a listener's own songs on another thread; default: on this one. */
  readonly ownSongs?: OwnSongMatcher | undefined;
  readonly access: Access;
  /** Who can sign in; undefined = the server is open. */
  readonly accounts?: Accounts | undefined;
  /** Sign-in with a provider; undefined = none. */
  readonly openId?: OpenId | undefined;
  /** The latest evaluation report as JSON, null when nothing was evaluated yet. */
  readonly report: () => Promise<EvaluationReport | null>;
  /** Whether the weights of the music-tagging network are installed; undefined = no. */
  readonly networkThere?: (() => boolean) | undefined;
  /** Hosts that the server itself contacts, besides the connections: a telemetry collector. */
  readonly ownHosts?: (() => readonly HostLine[]) | undefined;
  /** Connections, listeners and access tokens, opened when they are first needed. */
  readonly connected: () => Promise<Connected>;
  /** Resolves when changes of connections are on the disk; null when there is nothing to wait for. Default: always null. */
  readonly settle?: (() => Promise<void> | null) | undefined;
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A file of routes: adds them to the app. */
export type Routes = (app: App, context: ServeContext) => void;
