import { randomBytes } from 'node:crypto';
import { SegueError } from '../errors.ts';
import type { Connections } from './connections.ts';
import type { ConnectionRecord } from './store.ts';

/** How long a code is watched; services expire theirs sooner. */
const PATIENCE_MS = 15 * 60_000;
/** Most codes watched at a time; beyond that, the oldest is dropped. */
const MOST = 50;

interface Begun {
  readonly listener: string;
  readonly until: number;
  readonly look: () => Promise<ConnectionRecord | null>;
  /** The check in progress: two pages that ask share one request. */
  looking: Promise<ConnectionRecord | null> | null;
}

/** Sign-ins by code, until the person has confirmed them. The service's secrets stay in the memory of this process. */
export class CodeSignIns {
  private readonly connections: Pick<Connections, 'beginByCode'>;
  private readonly now: () => number;
  private readonly begun = new Map<string, Begun>();

  constructor(connections: Pick<Connections, 'beginByCode'>, now: () => number = Date.now) {
    this.connections = connections;
    this.now = now;
  }

  /** @returns the id to pass to `look`, and the code that the person confirms @throws SegueError of Connections.beginByCode */
  async begin(
    service: string,
    listener: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<{ id: string; code: string }> {
    const { code, look } = await this.connections.beginByCode(service, listener, settings);
    this.dropOld(MOST - 1);
    const id = randomBytes(16).toString('hex');
    this.begun.set(id, { listener, until: this.now() + PATIENCE_MS, look: () => look(), looking: null });
    return { id, code };
  }

  /** The listener of a sign-in. @throws SegueError SIGN_IN_REFUSED */
  owner(id: string): string {
    return this.of(id).listener;
  }

  /**
   * The connection once the person has confirmed; null until then. A sign-in is forgotten when it has succeeded or failed, but not while its server
   * is away.
   * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER
   */
  look(id: string): Promise<ConnectionRecord | null> {
    const begun = this.of(id);
    begun.looking ??= this.lookOnce(id, begun).finally(() => {
      begun.looking = null;
    });
    return begun.looking;
  }

  private async lookOnce(id: string, begun: Begun): Promise<ConnectionRecord | null> {
    try {
      const record = await begun.look();
      if (record) this.begun.delete(id);
      return record;
    } catch (error) {
      if (!(error instanceof SegueError && error.code === 'SERVICE_AWAY')) this.begun.delete(id);
      throw error;
    }
  }

  private of(id: string): Begun {
    this.dropOld();
    const begun = this.begun.get(id);
    if (!begun)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: 'This sign-in has ended',
        remedy: 'Ask for a new code',
      });
    return begun;
  }

  /** Drops expired sign-ins and, beyond `most`, the oldest. */
  private dropOld(most = MOST): void {
    for (const [id, { until }] of this.begun) if (until <= this.now() || this.begun.size > most) this.begun.delete(id);
  }
}
