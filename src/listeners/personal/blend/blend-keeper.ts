import { SegueError } from '../../../errors.ts';
import type { Engine } from '../../../recommend/engine.ts';
import type { StoredBlend } from '../../blends.ts';
import { backtest, keepBlend } from '../backtest.ts';
import type { Household } from '../household.ts';
import { type AskParts, partLists } from './part-lists.ts';

const DAY = 86_400_000;
/** A blend is chosen again after this time, or when the history has grown by this share. */
const OLD_DAYS = 30;
const GROWN = 0.2;
/** With fewer plays, a history does not show which models suit its owner. */
const LEAST_PLAYS = 200;

/** Chooses a listener's blend of models, again when it is due. */
export class BlendKeeper {
  private readonly engine: Engine;
  private readonly household: Household;
  private readonly now: () => number;
  private readonly ask: AskParts;
  private readonly learning = new Map<string, { stop: AbortController; done: Promise<void> }>();

  /** @param now milliseconds since 1970 @param ask asks the models; default: those of the engine, here */
  constructor(
    engine: Engine,
    household: Household,
    now: () => number,
    ask: AskParts = (query) => partLists(engine, query),
  ) {
    this.ask = ask;
    this.engine = engine;
    this.household = household;
    this.now = now;
    household.beforeDeletion(async (listener) => {
      this.learning.get(listener)?.stop.abort();
      await this.learning.get(listener)?.done;
    });
  }

  /** Whether to choose a blend (again): other models, a longer history, or a month has passed. */
  isStale(stored: StoredBlend | null, plays: number, now: number): boolean {
    if (plays < LEAST_PLAYS) return false;
    if (stored === null) return true;
    const { models } = this.engine.current;
    const known = models.trained.filter((id) => id !== 'ratings');
    return (
      known.some((id) => stored.versions[id] !== models.versionOf(id)) ||
      plays > stored.plays * (1 + GROWN) ||
      now - stored.at > OLD_DAYS * DAY
    );
  }

  /** Chooses the listener's blend in the background, one at a time. A failure is counted, and the lists stay as they are. */
  learn(listener: string): Promise<void> {
    const running = this.learning.get(listener);
    if (running) return running.done;
    const stop = new AbortController();
    const done = this.choose(listener, stop.signal).finally(() => this.learning.delete(listener));
    this.learning.set(listener, { stop, done });
    return done;
  }

  /** Stops choosing. */
  async close(): Promise<void> {
    for (const { stop } of this.learning.values()) stop.abort();
    await Promise.all([...this.learning.values()].map(({ done }) => done));
  }

  private async choose(listener: string, signal: AbortSignal): Promise<void> {
    const { metrics } = this.engine;
    try {
      const repository = await this.household.repository();
      const result = await backtest(this.engine, repository, listener, { signal, ask: this.ask });
      await keepBlend(this.engine, repository, listener, result, this.now());
      metrics.count('blends chosen');
    } catch (error) {
      metrics.count(error instanceof SegueError && error.code === 'CANCELLED' ? 'blends stopped' : 'blends not chosen');
    }
  }
}
