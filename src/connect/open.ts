import type { Household } from '../listeners/personal/household.ts';
import { type AskModels, PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import type { Engine } from '../recommend/engine.ts';
import { AccessTokens } from './access-tokens.ts';
import { bannedBy } from './brain/bans.ts';
import { Brain } from './brain/brain.ts';
import { type AskBrain, BrainElsewhere } from './brain/brain-elsewhere.ts';
import { Scopes } from './brain/scope.ts';
import { CatalogueMatcher } from './catalogue-matcher.ts';
import { CodeSignIns } from './code-sign-ins.ts';
import { Connections, type ConnectionsParts } from './connections.ts';
import type { Service, ServiceContext } from './contract.ts';
import type { ReportedPlay } from './intake.ts';
import type { SongMatcher } from './matching.ts';
import { SERVICES } from './registry.ts';
import { SignIns } from './sign-ins.ts';
import { ConnectionStore } from './store.ts';
import { Weekly } from './weekly/weekly.ts';

/** Everything that connections need, opened once. */
export interface Connected {
  readonly connections: Connections;
  /** Sign-ins that have begun on a page elsewhere. */
  readonly signIns: SignIns;
  /** Sign-ins whose code waits to be confirmed elsewhere. */
  readonly codeSignIns: CodeSignIns;
  readonly tokens: AccessTokens;
  readonly repository: ListenerRepository;
  readonly matcher: SongMatcher;
  /** What each listener hears at the moment, as far as a program says so; forgotten when the process ends. */
  readonly playing: Map<string, { song: ReportedPlay; at: number }>;
  /** Answers music servers; null while the library is empty. */
  readonly brain: Brain | null;
  /** Lists made for listeners, for other programs; null while the library is empty. */
  readonly personal: PersonalRecommender | null;
  /** What is written to services every week; null while the library is empty. */
  readonly weekly: Weekly | null;
  close(): void;
}

/** Who answers what takes a model, so that this thread loads none. */
export interface Elsewhere {
  readonly models: AskModels;
  readonly brain: AskBrain;
}

/**
 * Opens the connections of a library; makes no request.
 * @param engine for answers; null = the library has no data yet
 * @param household its repository is shared and stays open
 * @param services what can be connected
 * @param now milliseconds since 1970 @param wait how a service waits; default: as long as the service says
 * @param elsewhere answers in place of the engine, which then only knows the catalogue
 */
export async function openConnected(
  library: ConnectionsParts['library'] & { readonly dir: string },
  engine: Engine | null,
  household: Household,
  services: readonly Service[] = SERVICES,
  now: () => number = Date.now,
  wait?: ServiceContext['wait'],
  elsewhere?: Elsewhere,
): Promise<Connected> {
  const repository = await household.repository();
  const store = ConnectionStore.open(library.dir);
  const matcher = new CatalogueMatcher(() => engine?.current ?? null);
  const connections = new Connections({ store, library, repository, matcher, services, now, ...(wait && { wait }) });
  const personal = engine && new PersonalRecommender(engine, household, now, false, elsewhere?.models);
  const { held } = connections;
  const scopes = new Scopes(store, held);
  const bans = (listener: string): Promise<string[]> => bannedBy(repository, listener);
  const brainParts = engine && { engine, store, held, matcher, scopes, bans };
  return {
    connections,
    signIns: new SignIns(connections),
    codeSignIns: new CodeSignIns(connections),
    tokens: new AccessTokens(store),
    repository,
    matcher,
    playing: new Map(),
    brain: brainParts && (elsewhere ? new BrainElsewhere(brainParts, elsewhere.brain) : new Brain(brainParts)),
    personal,
    weekly: engine && personal && new Weekly({ connections, repository, engine, personal, scopes, now }),
    close: () => store.close(),
  };
}

/** Before a listener is deleted: ends their connections with everything that was read through them, and revokes their access tokens. */
export async function endConnectionsOf({ connections, tokens }: Connected, listener: string): Promise<void> {
  for (const connection of connections.store.list())
    if (connection.listener === listener) await connections.disconnect(connection.id, { deleteData: true });
  tokens.revokeAllOf(listener);
}
