import { Type } from '#typebox';
import { SegueError } from '../errors.ts';
import type { Connections } from './connections.ts';
import type { Secrets } from './contract.ts';
import { checkSettings } from './settings.ts';
import type { ConnectionRecord } from './store.ts';

/** Where services send the browser back to; an application elsewhere names `http://127.0.0.1` with this path, and no port. */
export const CALLBACK = '/api/connections/callback';

/** How long a person may take on the service's page. */
const PATIENCE_MS = 15 * 60_000;
/** Sign-ins begun and not finished that are kept; the oldest goes first. */
const MOST = 50;

interface Begun {
  readonly service: string;
  readonly listener: string;
  readonly given: Readonly<Record<string, string>>;
  readonly kept: Secrets;
  readonly redirect: string;
  readonly until: number;
  /** Where the browser goes when it is done. */
  readonly back: string;
}

export interface SignInRequest {
  readonly service: string;
  /** Id of the listener. */
  readonly listener: string;
  /** What the person typed. */
  readonly settings: Readonly<Record<string, string>>;
  /** The address on this machine that the service's page returns to. */
  readonly redirect: string;
  /** Where the browser goes after that. Default: nowhere. */
  readonly back?: string;
}

/**
 * Sign-ins on a service's own page, between the moment they begin and the page's return. What proves that a return belongs to one (state,
 * verifier) stays in the memory of this process, serves once and runs out.
 */
export class SignIns {
  private readonly connections: Connections;
  private readonly now: () => number;
  private readonly begun = new Map<string, Begun>();
  private readonly problems = new Map<string, string>();

  constructor(connections: Connections, now: () => number = Date.now) {
    this.connections = connections;
    this.now = now;
  }

  /** @returns the page that the person opens @throws SegueError USAGE, NOT_POSSIBLE */
  async begin({ service: id, listener, settings, redirect, back = '' }: SignInRequest): Promise<string> {
    const service = this.connections.serviceOf(id);
    if (!service.browser)
      throw new SegueError('NOT_POSSIBLE', {
        got: `${service.title} has no sign-in page`,
        remedy: 'Connect with an address, a user and a password',
      });
    const given = checkSettings(Type.Omit(service.settings, [...service.browser.fills]), settings) as Record<
      string,
      string
    >;
    const { address, state, kept } = await service.browser.begin(given, redirect);
    this.dropOld(MOST - 1);
    this.begun.set(state, { service: id, listener, given, kept, redirect, until: this.now() + PATIENCE_MS, back });
    this.problems.delete(listener);
    return address;
  }

  /** Whom a return belongs to. @param answer the query that the page returned with @throws SegueError SIGN_IN_REFUSED */
  owner(answer: string): { readonly listener: string; readonly back: string } {
    return this.of(answer).begun;
  }

  /** Finishes the sign-in that a return belongs to. @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER */
  async finish(answer: string): Promise<ConnectionRecord> {
    const { state, begun } = this.of(answer);
    this.begun.delete(state);
    const { service, listener, given, kept, redirect } = begun;
    try {
      return await this.connections.connect(service, listener, { ...given, ...kept, redirect, answer });
    } catch (error) {
      this.problems.set(listener, error instanceof SegueError ? error.message : 'The sign-in failed inside Segue.');
      throw error;
    }
  }

  /** Why the last sign-in of a listener failed; null when it did not. */
  problem(listener: string): string | null {
    return this.problems.get(listener) ?? null;
  }

  private of(answer: string): { state: string; begun: Begun } {
    this.dropOld();
    const state = new URLSearchParams(answer).get('state') ?? '';
    const begun = this.begun.get(state);
    if (!begun)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: 'This does not belong to a sign-in started here',
        remedy: 'Start the sign-in again; it lasts 15 minutes and works once',
      });
    return { state, begun };
  }

  /** Drops those that ran out and, beyond `most`, the oldest. */
  private dropOld(most = MOST): void {
    for (const [state, { until }] of this.begun)
      if (until <= this.now() || this.begun.size > most) this.begun.delete(state);
  }
}
