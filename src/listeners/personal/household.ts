import { SegueError } from '../../errors.ts';
import { openRepository } from '../open.ts';
import type { ListenerRepository } from '../repository.ts';
import type { ListenerSettings } from '../settings.ts';
import { type ContributedLibrary, type Contributions, libraryContributions } from './contributions.ts';

/** What a deletion removed besides the listener's own data. */
export interface Deletion {
  /** Whether the listener's plays were part of the collaborative data. */
  readonly contributed: boolean;
  /** Models removed because they may have learned from the plays; train them again. */
  readonly removedModels: readonly string[];
}

/**
 * The people of a library: their repository, opened when it is first needed, and their link to the library's collaborative data.
 * Commands, the server and the stream each hold one.
 */
export class Household {
  private readonly openStore: () => Promise<ListenerRepository>;
  private readonly contributions: Contributions;
  private readonly deletions: ((listener: string) => Promise<void>)[] = [];
  private opened: Promise<ListenerRepository> | null = null;

  constructor(openStore: () => Promise<ListenerRepository>, contributions: Contributions) {
    this.openStore = openStore;
    this.contributions = contributions;
  }

  /** The repository; opened once, and again after a failure. @throws SegueError DATABASE_UNREACHABLE, FORMAT_NEWER, FILE_UNREADABLE */
  repository(): Promise<ListenerRepository> {
    this.opened ??= this.openStore().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  /**
   * Changes settings. With consent, the listener's plays join the collaborative data as one owner; when it is withdrawn, they are removed. Consent is
   * recorded before any of them join and until all are removed, even if the work is interrupted.
   * @throws SegueError NOT_FOUND, USAGE, LIBRARY_BUSY
   */
  async changeSettings(listener: string, change: Partial<ListenerSettings>): Promise<ListenerSettings> {
    const repository = await this.repository();
    await repository.listeners.get(listener);
    if (change.consent === false) await this.contributions.leave(listener);
    const after = await repository.settings.set(listener, change);
    if (change.consent === true) await this.contributions.join(repository, listener);
    return after;
  }

  /** Before a deletion, everything that works for listeners or holds their data in memory stops and forgets it. */
  beforeDeletion(forget: (listener: string) => Promise<void>): void {
    this.deletions.push(forget);
  }

  /**
   * Updates a listener's plays in the library after an import, if they consented.
   * @returns false without consent, or while another process changes the library; `contribute` adds them later
   */
  async refreshContribution(listener: string): Promise<boolean> {
    const repository = await this.repository();
    if (!(await repository.settings.get(listener)).consent) return false;
    try {
      await this.contributions.join(repository, listener);
      return true;
    } catch (error) {
      if (error instanceof SegueError && error.code === 'LIBRARY_BUSY') return false;
      throw error;
    }
  }

  /** Updates the plays of all listeners who consented. @returns how many listeners */
  async contribute(): Promise<number> {
    const repository = await this.repository();
    let people = 0;
    for (const { id } of await repository.listeners.all()) {
      if (!(await repository.settings.get(id)).consent) continue;
      await this.contributions.join(repository, id);
      people++;
    }
    return people;
  }

  /**
   * Deletes all of a listener's data: their part of the library, models and saved answers that may have learned from it, and everything in the store,
   * overwritten on disk. Can be repeated after an interruption, since the store is cleared last.
   * @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  async deleteEverything(listener: string): Promise<Deletion> {
    const repository = await this.repository();
    await repository.listeners.get(listener);
    for (const forget of this.deletions) await forget(listener);
    const { consent } = await repository.settings.get(listener);
    const contributed = (await this.contributions.leave(listener)) || consent;
    const removedModels = contributed ? await this.contributions.removeDerived() : [];
    await repository.listeners.remove(listener);
    return { contributed, removedModels };
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = null;
    await (await opened?.catch(() => null))?.close();
  }
}

/** The household of a library. @param url address of a PostgreSQL database; absent = the embedded store in the library folder */
export const openHousehold = (library: ContributedLibrary, url: string | undefined): Household =>
  new Household(() => openRepository(library.dir, url), libraryContributions(library));
