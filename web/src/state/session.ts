import { decodeQuery, encodeQuery, MAX_LINK } from './codec.ts';
import { type History, push, redo, type Step, startHistory, undo } from './history.ts';
import { type Place, readPlace, type View, writePlace } from './location.ts';
import { EMPTY_QUERY, isAsking, type Query } from './query.ts';
import { queryOf } from './validate.ts';

/** What the session needs of a browser: given as a value, so that it is tested without one. */
export interface Environment {
  readHash(): string;
  writeHash(hash: string, how: 'push' | 'replace'): void;
  /** Of this tab: survives a reload, not shared. */
  tab: Pick<Storage, 'getItem' | 'setItem'>;
  /** Of this browser: shared by tabs; only ever read when a tab starts empty. */
  browser: Pick<Storage, 'getItem' | 'setItem'>;
  now(): number;
}

export interface Snapshot {
  readonly view: View;
  readonly history: History<Query>;
  readonly query: Query;
  /** What the last undo, redo or change was, for the status line. */
  readonly announcement: string;
}

const TAB_KEY = 'segue:tab';
const LAST_KEY = 'segue:last';
/** Undo steps written for a reload, and the size above which fewer are. */
const STORED_STEPS = 30;
const STORED_CHARACTERS = 1_500_000;

interface Stored {
  code: string;
  past: Step<unknown>[];
  present: Step<unknown>;
  future: Step<unknown>[];
}

const stepOf = (step: Step<unknown>): Step<Query> => ({
  value: queryOf(step.value),
  label: String(step.label ?? ''),
  key: null,
  at: 0,
});

/** The state of one tab: the query with its undo list and the view, kept in step with the address and the tab's store. */
export class Session {
  private readonly environment: Environment;
  private readonly listeners = new Set<() => void>();
  private snapshot: Snapshot;
  private code = '';
  /** Writes to the address run one after the other, in the order of the changes. */
  private writing: Promise<void> = Promise.resolve();

  constructor(environment: Environment) {
    this.environment = environment;
    const history = startHistory(EMPTY_QUERY);
    const { view } = readPlace(environment.readHash());
    this.snapshot = { view, history, query: EMPTY_QUERY, announcement: '' };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Snapshot => this.snapshot;

  /** Takes the state of the address, with this tab's undo list when it is of the same state. */
  async start(): Promise<void> {
    const place = readPlace(this.environment.readHash());
    const stored = this.stored();
    if (stored && stored.code === place.code && place.code !== '') {
      const history: History<Query> = {
        past: stored.past.map(stepOf),
        present: stepOf(stored.present),
        future: stored.future.map(stepOf),
      };
      this.code = place.code;
      this.set({ view: place.view, history, query: history.present.value, announcement: '' });
      return;
    }
    const query = await decodeQuery(place.code);
    this.code = place.code;
    this.set({ view: place.view, history: startHistory(query), query, announcement: '' });
  }

  /** The query of the last tab that asked something, for "continue where you left off". */
  lastQuery(): Query | null {
    try {
      const query = queryOf(JSON.parse(this.environment.browser.getItem(LAST_KEY) ?? 'null'));
      return isAsking(query) ? query : null;
    } catch {
      return null;
    }
  }

  /**
   * Changes the query. @param label what was done, in the past tense
   * @param key names a dial: moves of the same dial are one step of undo and leave one entry in the browser's history
   */
  change(make: (query: Query) => Query, label: string, key: string | null = null): void {
    const { history, view } = this.snapshot;
    const next = push(history, make(history.present.value), label, this.environment.now(), key);
    if (next === history) return;
    const coalesced = next.past.length === history.past.length && history.past.length > 0;
    this.set({ view, history: next, query: next.present.value, announcement: label });
    this.save(coalesced ? 'replace' : 'push');
  }

  undo(): void {
    this.travel(undo(this.snapshot.history), `Undid: ${this.snapshot.history.present.label}`);
  }

  redo(): void {
    const next = redo(this.snapshot.history);
    this.travel(next, `Redid: ${next.present.label}`);
  }

  show(view: View): void {
    if (view === this.snapshot.view) return;
    this.set({ ...this.snapshot, view });
    this.save('push');
  }

  /** The address was changed from outside: the back button, or an edited link. */
  async moved(): Promise<void> {
    const place = readPlace(this.environment.readHash());
    if (place.code === this.code) {
      if (place.view !== this.snapshot.view) this.set({ ...this.snapshot, view: place.view });
      return;
    }
    this.code = place.code;
    const query = place.code === 's' ? this.snapshot.query : await decodeQuery(place.code);
    const history = push(this.snapshot.history, query, 'Went to another state of the page', this.environment.now());
    this.set({ view: place.view, history, query, announcement: '' });
    this.store();
  }

  /** Resolves when the address shows the present state. */
  settled(): Promise<void> {
    return this.writing;
  }

  private travel(history: History<Query>, announcement: string): void {
    if (history === this.snapshot.history) return;
    this.set({ ...this.snapshot, history, query: history.present.value, announcement });
    this.save('push');
  }

  private set(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener();
  }

  private save(how: 'push' | 'replace'): void {
    const { query, view } = this.snapshot;
    this.writing = this.writing.then(async () => {
      const encoded = await encodeQuery(query);
      const place: Place = { view, code: encoded.length > MAX_LINK ? 's' : encoded };
      if (place.code === this.code && readPlace(this.environment.readHash()).view === view) return;
      this.code = place.code;
      this.environment.writeHash(writePlace(place), how);
      this.store();
    });
  }

  private store(): void {
    const { history, query } = this.snapshot;
    const stored = (steps: number): string =>
      JSON.stringify({
        code: this.code,
        past: history.past.slice(-steps || history.past.length),
        present: history.present,
        future: history.future.slice(0, steps),
      } satisfies Stored);
    try {
      let text = stored(STORED_STEPS);
      if (text.length > STORED_CHARACTERS) text = stored(2);
      this.environment.tab.setItem(TAB_KEY, text);
      if (isAsking(query)) this.environment.browser.setItem(LAST_KEY, JSON.stringify(query));
    } catch {
      // A full or forbidden store: the address still holds the state.
    }
  }

  private stored(): Stored | null {
    try {
      const value = JSON.parse(this.environment.tab.getItem(TAB_KEY) ?? 'null') as Stored | null;
      if (!value || !Array.isArray(value.past) || !Array.isArray(value.future) || !value.present) return null;
      return value;
    } catch {
      return null;
    }
  }
}
