import { encodeQuery, MAX_LINK, readLink } from './codec.ts';
import { type History, push, redo, type Step, startHistory, travelTo, undo } from './history.ts';
import { type Place, readPlace, type View, writePlace } from './location.ts';
import { EMPTY_QUERY, isAsking, type Query } from './query.ts';
import { queryOf } from './validate.ts';

/** What the session needs from a browser; passed in, so that it can be tested without one. */
export interface Environment {
  readHash(): string;
  writeHash(hash: string, how: 'push' | 'replace', mark: Mark): void;
  /** The mark of the browser's present history entry; null for an address that this page did not write. */
  readMark(): Mark | null;
  /** Storage of this tab: survives a reload, not shared. */
  tab: Pick<Storage, 'getItem' | 'setItem'>;
  /** Storage of this browser: shared by tabs; only read when a tab starts empty. */
  browser: Pick<Storage, 'getItem' | 'setItem'>;
  now(): number;
}

/** Data stored with an entry of the browser's history. */
export interface Mark {
  /** Position of the entry in this tab: larger = further forward. */
  readonly at: number;
  /** The undo step that it shows. */
  readonly step: number;
}

export interface Snapshot {
  readonly view: View;
  readonly history: History<Query>;
  readonly query: Query;
  /** Description of the last undo, redo or change, for the status line. */
  readonly announcement: string;
  /** The address with which the page was opened could not be read in full. */
  readonly damaged: boolean;
}

const TAB_KEY = 'segue:tab';
const LAST_KEY = 'segue:last';
/** Undo steps stored for a reload, and the size above which fewer are stored. */
const STORED_STEPS = 30;
const STORED_CHARACTERS = 1_500_000;
/** Entries of a branch that was undone and then abandoned: going back must not restore them. */
const DROPPED_KEPT = 500;

interface Stored {
  code: string;
  dropped: number[];
  past: Step<unknown>[];
  present: Step<unknown>;
  future: Step<unknown>[];
}

const stepOf = (step: Step<unknown>): Step<Query> => ({
  value: queryOf(step.value),
  label: String(step.label ?? ''),
  key: null,
  at: 0,
  id: Number.isInteger(step.id) ? step.id : 0,
});

/** The state of one tab: the query with its undo history and the view, synchronised with the address and the tab's storage. */
export class Session {
  private readonly environment: Environment;
  private readonly listeners = new Set<() => void>();
  private snapshot: Snapshot;
  private code = '';
  /** Position of the present entry in the browser's history. */
  private at = 0;
  private dropped: number[] = [];
  /** Writes to the address run sequentially, in the order of the changes. */
  private writing: Promise<void> = Promise.resolve();

  constructor(environment: Environment) {
    this.environment = environment;
    const history = startHistory(EMPTY_QUERY);
    const { view } = readPlace(environment.readHash());
    this.snapshot = { view, history, query: EMPTY_QUERY, announcement: '', damaged: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Snapshot => this.snapshot;

  /** Loads the state from the address, with this tab's undo history if it belongs to the same state. */
  async start(): Promise<void> {
    const place = readPlace(this.environment.readHash());
    const stored = this.stored();
    this.at = this.environment.readMark()?.at ?? 0;
    this.code = place.code;
    if (stored && stored.code === place.code && place.code !== '') {
      const history: History<Query> = {
        past: stored.past.map(stepOf),
        present: stepOf(stored.present),
        future: stored.future.map(stepOf),
      };
      this.dropped = stored.dropped;
      this.set({ view: place.view, history, query: history.present.value, announcement: '', damaged: false });
      return;
    }
    const link = place.code === 's' ? { query: EMPTY_QUERY, damaged: true } : await readLink(place.code);
    const damaged = link.damaged || place.damaged === true;
    this.set({ view: place.view, history: startHistory(link.query), query: link.query, announcement: '', damaged });
  }

  /** Dismisses the message that the link was damaged. */
  dismissDamage(): void {
    this.set({ ...this.snapshot, damaged: false });
  }

  /** The query of the last tab with one, for "continue where you left off". */
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
   * @param key names a dial: movements of the same dial form one undo step and one entry in the browser's history
   */
  change(make: (query: Query) => Query, label: string, key: string | null = null): void {
    const { history, view } = this.snapshot;
    const next = push(history, make(history.present.value), label, this.environment.now(), key);
    if (next === history) return;
    const coalesced = next.present.id === history.present.id;
    this.dropped = [...this.dropped, ...history.future.map((step) => step.id)].slice(-DROPPED_KEPT);
    this.set({ view, history: next, query: next.present.value, announcement: label, damaged: false });
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

  /**
   * Handles a change of the address by Back, Forward, or an edited link. Back and Forward move through the undo history, so that steps can be redone;
   * an entry that was undone is skipped, so Back never reapplies it.
   */
  async moved(): Promise<void> {
    const place = readPlace(this.environment.readHash());
    const mark = this.environment.readMark();
    const { history } = this.snapshot;
    if (mark) {
      const back = mark.at < this.at;
      this.at = mark.at;
      const undone = this.dropped.includes(mark.step) || (back && history.future.some((s) => s.id === mark.step));
      const next = undone ? history : travelTo(history, mark.step);
      if (next !== history || undone || mark.step === history.present.id) {
        this.set({ ...this.snapshot, view: place.view, history: next, query: next.present.value, announcement: '' });
        this.save('replace');
        return;
      }
    }
    if (place.code === this.code) {
      if (place.view !== this.snapshot.view) this.set({ ...this.snapshot, view: place.view });
      return;
    }
    this.code = place.code;
    const link = place.code === 's' ? { query: this.snapshot.query, damaged: false } : await readLink(place.code);
    const next = push(history, link.query, 'Opened a link', this.environment.now());
    const damaged = link.damaged || place.damaged === true;
    this.set({ view: place.view, history: next, query: link.query, announcement: '', damaged });
    this.store();
  }

  /** Resolves when the address reflects the present state. */
  settled(): Promise<void> {
    return this.writing;
  }

  private travel(history: History<Query>, announcement: string): void {
    if (history === this.snapshot.history) return;
    this.set({ ...this.snapshot, history, query: history.present.value, announcement });
    // The entry of the undone state is replaced by the present one, so Back cannot return to it.
    this.save('replace');
  }

  private set(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener();
  }

  private save(how: 'push' | 'replace'): void {
    const { query, view, history } = this.snapshot;
    if (how === 'push') this.at++;
    const mark: Mark = { at: this.at, step: history.present.id };
    this.writing = this.writing.then(async () => {
      const encoded = await encodeQuery(query);
      const place: Place = { view, code: encoded.length > MAX_LINK ? 's' : encoded };
      this.code = place.code;
      this.environment.writeHash(writePlace(place), how, mark);
      this.store();
    });
  }

  private store(): void {
    const { history, query } = this.snapshot;
    const write = (steps: number): void => {
      const text = JSON.stringify({
        code: this.code,
        dropped: this.dropped,
        past: steps === 0 ? [] : history.past.slice(-steps),
        present: history.present,
        future: history.future.slice(0, steps),
      } satisfies Stored);
      if (steps > 0 && text.length > STORED_CHARACTERS) throw new RangeError('too long');
      this.environment.tab.setItem(TAB_KEY, text);
    };
    // Long lists leave room for fewer steps; the present state has priority.
    for (const steps of [STORED_STEPS, 2, 0])
      try {
        write(steps);
        break;
      } catch {
        // Too long or refused: fewer steps, or none, are stored; a short query is in the address anyway.
      }
    try {
      if (isAsking(query)) this.environment.browser.setItem(LAST_KEY, JSON.stringify(query));
    } catch {
      // Only "continue where you left off" is lost.
    }
  }

  private stored(): Stored | null {
    try {
      const value = JSON.parse(this.environment.tab.getItem(TAB_KEY) ?? 'null') as Stored | null;
      if (!value || !Array.isArray(value.past) || !Array.isArray(value.future) || !value.present) return null;
      const dropped = Array.isArray(value.dropped) ? value.dropped.filter(Number.isInteger) : [];
      return { ...value, dropped };
    } catch {
      return null;
    }
  }
}
