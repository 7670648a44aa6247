import type { Page, PageRequest } from './page.ts';
import type { SongRef } from './songs.ts';

/** What a list was made from; passing it to the engine again makes a new version. */
export interface ListRecipe {
  /** The request to the engine, as it was sent: seeds, title, filters, dials. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly model: string | null;
  /** The artefact's version, when the model was trained here. */
  readonly modelVersion: string | null;
}

export interface ListSong {
  readonly song: string;
  readonly title: string;
  readonly artists: readonly string[];
}

/** One state of a saved list; versions are never changed. */
export interface ListVersion {
  /** 1, 2, … */
  readonly version: number;
  readonly at: number;
  readonly songs: readonly ListSong[];
  /** null for lists made by hand or imported. */
  readonly recipe: ListRecipe | null;
}

export interface SavedList {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** A personal format's id, or `segue`. */
  readonly source: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it was moved to the bin; null when it is not there. */
  readonly removedAt: number | null;
  /** The latest version's number and length. */
  readonly version: number;
  readonly length: number;
}

export interface NewList {
  /** Default: generated. The same id means the same list, so that an import can run twice. */
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly source?: string;
  readonly songs: readonly SongRef[];
  readonly recipe?: ListRecipe | null;
}

/** Saved lists with all their versions. */
export interface ListStore {
  /** Saves a list; an existing one gets a new version if its songs or recipe differ. @throws SegueError NOT_FOUND (the listener), USAGE */
  save(listener: string, list: NewList): Promise<SavedList>;
  /** Most recently changed first. */
  page(listener: string, choice?: PageRequest & { search?: string; removed?: boolean }): Promise<Page<SavedList>>;
  /** @throws SegueError NOT_FOUND */
  get(listener: string, id: string): Promise<SavedList>;
  /** @param version default: the latest @throws SegueError NOT_FOUND */
  version(listener: string, id: string, version?: number): Promise<ListVersion>;
  /** Newest first, with the number of songs instead of the songs. @throws SegueError NOT_FOUND */
  versions(listener: string, id: string): Promise<(Omit<ListVersion, 'songs'> & { readonly length: number })[]>;
  /** @throws SegueError NOT_FOUND */
  describe(listener: string, id: string, change: { name?: string; description?: string }): Promise<SavedList>;
  /** Makes an old version the latest again, as a new version. @throws SegueError NOT_FOUND */
  revert(listener: string, id: string, version: number): Promise<SavedList>;
  /** Into the bin, or for good. @throws SegueError NOT_FOUND */
  remove(listener: string, id: string, options?: { forGood?: boolean }): Promise<void>;
  /** Out of the bin. @throws SegueError NOT_FOUND */
  restore(listener: string, id: string): Promise<SavedList>;
}
