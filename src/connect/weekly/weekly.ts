import { SegueError, throwIfCancelled } from '../../errors.ts';
import { dayOf, mondayOf } from '../../listeners/personal/drawing.ts';
import type { MixOptions, PersonalList } from '../../listeners/personal/personal-list.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { Scopes } from '../brain/scope.ts';
import type { Connections } from '../connections.ts';
import { notPossible } from '../contract.ts';
import { namedSongs } from '../named-songs.ts';
import { keysOf } from './slots.ts';
import { type PlannedList, type WeeklyChoice, type WeeklyList, type WeeklyState, WeeklyStore } from './weekly-store.ts';

/** Saved lists that a connection takes every week. */
export const MOST_LISTS = 100;
/** How soon it is tried again, and where the sign-in was refused: servers lock accounts out. */
const AGAIN_MS = 3_600_000;
const REFUSED_MS = 24 * AGAIN_MS;
const WEEK_DAYS = 7;

export interface WeeklyParts {
  readonly connections: Connections;
  readonly repository: Pick<ListenerRepository, 'lists' | 'settings' | 'alone'>;
  readonly engine: Pick<Engine, 'current' | 'refresh'>;
  readonly personal: { mixes(listener: string, options: MixOptions): Promise<PersonalList[]> };
  readonly scopes: Scopes;
  readonly now?: () => number;
}

export interface WeeklyStatus extends WeeklyChoice {
  readonly state: 'waiting' | 'due' | 'writing';
  /** The day of the next writing, as 2026-11-30; null while this week's is due. */
  readonly next: string | null;
  readonly writtenAt: number | null;
  readonly problem: string | null;
  readonly retryAt: number | null;
  /** The lists of this week. */
  readonly written: readonly WeeklyList[];
}

/**
 * Writes mixes and saved lists to a service, once a week from Monday on in the listener's time zone, for the connections that a person has
 * switched it on for. The lists of a week are made once and kept until they are written: a writing that was cut off goes on with the same
 * lists, each replaces the playlist of the week before, and among servers that share the library one does it.
 */
export class Weekly {
  private readonly parts: WeeklyParts;
  private readonly store: WeeklyStore;
  private readonly now: () => number;
  private readonly stop = new AbortController();
  private running: Promise<void> | null = null;
  private writing: string | null = null;

  constructor(parts: WeeklyParts) {
    this.parts = parts;
    this.store = new WeeklyStore(parts.connections.store);
    this.now = parts.now ?? Date.now;
  }

  /** Switches it on or changes it; the next `writeDue` writes the chosen lists. @throws SegueError NOT_FOUND, NOT_POSSIBLE, USAGE */
  async choose(connection: string, choice: WeeklyChoice): Promise<void> {
    const { service, record, connection: open } = this.parts.connections.open(connection);
    if (!open.abilities.write.able) throw notPossible(service.title, 'write', open.abilities.write);
    if (!choice.mixes && choice.lists.length === 0)
      throw new SegueError('USAGE', {
        got: 'No lists were chosen to be sent every week',
        expected: 'the mixes, or at least one saved list',
      });
    if (choice.lists.length > MOST_LISTS)
      throw new SegueError('USAGE', { got: `${choice.lists.length} saved lists`, expected: `at most ${MOST_LISTS}` });
    for (const id of choice.lists) {
      await this.parts.repository.lists.get(record.listener, id);
      if (id.startsWith(`${connection}:`))
        throw new SegueError('USAGE', {
          got: 'A list that was read from this connection cannot be written back to it',
          expected: 'lists from elsewhere',
        });
    }
    this.store.choose(connection, choice);
  }

  /** Stops writing there; lists already written stay. */
  switchOff(connection: string): void {
    this.parts.connections.store.get(connection);
    this.store.switchOff(connection);
  }

  /** null when it is not switched on. @throws SegueError NOT_FOUND */
  async status(connection: string): Promise<WeeklyStatus | null> {
    const { listener } = this.parts.connections.store.get(connection);
    const state = this.store.get(connection);
    if (!state) return null;
    const week = await this.weekOf(listener);
    const done = state.week === week && state.writtenAt !== null;
    const { mixes, lists, writtenAt, problem, retryAt } = state;
    return {
      mixes,
      lists,
      state: this.writing === connection ? 'writing' : done ? 'waiting' : 'due',
      next: done ? mondayAfter(week) : null,
      writtenAt,
      problem,
      retryAt: !done && retryAt > this.now() ? retryAt : null,
      written: this.store
        .lists(connection)
        .filter((list) => list.week === state.week)
        .map(({ key, name, written, missing }) => ({ key, name, written, missing })),
    };
  }

  /**
   * Writes what is due for every connection; what stops one is kept with it, and keeps none of the others. Another server that is at it is left
   * to it. While it runs, calling it again waits for the same.
   */
  writeDue(signal?: AbortSignal): Promise<void> {
    const either = signal ? AbortSignal.any([signal, this.stop.signal]) : this.stop.signal;
    this.running ??= this.writeAll(either).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Stops writing between two requests; it continues the next time. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.running?.catch(() => {});
  }

  private async writeAll(signal: AbortSignal): Promise<void> {
    const { connections, repository } = this.parts;
    if (!(await this.anyDue())) return;
    try {
      await repository.alone('weekly', async () => {
        for (const connection of this.store.all()) {
          throwIfCancelled(signal, 'The writing');
          // Meanwhile, another server may have written it, or the listener may have disconnected.
          const state = this.store.get(connection);
          if (state && (await this.isDue(connections.store.get(connection).listener, state)))
            await this.write(connection, signal);
        }
      });
    } catch (error) {
      if (!(error instanceof SegueError && error.code === 'LIBRARY_BUSY')) throw error;
    } finally {
      this.writing = null;
    }
  }

  private async anyDue(): Promise<boolean> {
    for (const connection of this.store.all()) {
      const state = this.store.get(connection);
      if (state && (await this.isDue(this.parts.connections.store.get(connection).listener, state))) return true;
    }
    return false;
  }

  private async isDue(listener: string, { week, writtenAt, retryAt }: WeeklyState): Promise<boolean> {
    if (retryAt > this.now()) return false;
    return writtenAt === null || week !== (await this.weekOf(listener));
  }

  private async write(connection: string, signal: AbortSignal): Promise<void> {
    const { connections, engine } = this.parts;
    this.writing = connection;
    try {
      const { listener } = connections.store.get(connection);
      const week = await this.weekOf(listener);
      if (this.store.get(connection)?.week !== week) await this.plan(connection, listener, week, signal);
      for (let list = this.store.next(connection, week); list; list = this.store.next(connection, week)) {
        throwIfCancelled(signal, 'The writing');
        const { key, name, comment } = list;
        const songs = await namedSongs(engine.current, connections.held, list.songs);
        const sent = await connections.send(connection, { key, name, comment, songs }, signal);
        this.store.written(connection, key, sent.written, sent.missing.length);
      }
      this.store.finished(connection, this.now());
    } catch (error) {
      const known = error instanceof SegueError ? error : null;
      if (known?.code === 'CANCELLED') throw error;
      const wait = known?.code === 'SIGN_IN_REFUSED' ? REFUSED_MS : AGAIN_MS;
      this.store.stopped(
        connection,
        known?.message ?? 'Internal error while the lists were being written.',
        this.now() + wait,
      );
      if (!known) throw error;
    }
  }

  /** Reads the server's songs, then makes the lists of the week from them. */
  private async plan(connection: string, listener: string, week: string, signal: AbortSignal): Promise<void> {
    const { connections, engine, personal, scopes, repository } = this.parts;
    const { connection: open } = connections.open(connection);
    if (open.abilities.songs.able) {
      await connections.sync(connection, { signal });
      await engine.refresh();
    }
    const { mixes, lists } = this.store.get(connection)!;
    const planned: PlannedList[] = [];
    if (mixes) {
      const within = connections.held.any(connection) ? scopes.part(connection) : undefined;
      const made = await personal.mixes(listener, { every: 'week', within });
      const keys = keysOf(
        made.map(({ title }) => title),
        this.store.lists(connection),
      );
      made.forEach(({ title, tracks }, i) => {
        const songs = tracks.map(({ uri, name, artists }) => ({ song: uri, title: name, artists }));
        planned.push({ key: keys[i]!, name: title, comment: `Made by Segue for the week of ${week}.`, songs });
      });
    }
    for (const id of lists) {
      const list = await repository.lists.get(listener, id).catch(gone);
      if (!list || list.removedAt !== null) continue;
      const { songs } = await repository.lists.version(listener, id);
      planned.push({ key: `saved:${id}`, name: list.name, comment: list.description, songs });
    }
    this.store.plan(connection, week, planned);
  }

  private async weekOf(listener: string): Promise<string> {
    const { timeZone } = await this.parts.repository.settings.get(listener);
    return mondayOf(dayOf(this.now(), timeZone));
  }
}

const gone = (error: unknown): null => {
  if (error instanceof SegueError && error.code === 'NOT_FOUND') return null;
  throw error;
};

function mondayAfter(week: string): string {
  const at = new Date(week);
  at.setUTCDate(at.getUTCDate() + WEEK_DAYS);
  return at.toISOString().slice(0, 10);
}
