import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Batch, emptyBatch } from '../../dataset/rows.ts';
import type { ForgetChoice } from '../../library/forget.ts';
import type { LibraryApi } from '../../library/library-types.ts';
import { readManifest } from '../../library/manifest.ts';
import { isOwnSong } from '../keys.ts';
import { isQueryOnly } from '../query-only.ts';
import type { ListenerRepository } from '../repository.ts';
import type { ListenerSong } from '../songs.ts';

/** The contributions of listeners who consented to the collaborative data: one part of the library each, named by their id. */
export interface Contributions {
  /** Adds a listener's plays to the library as one owner, replacing their previous contribution. @throws SegueError LIBRARY_BUSY */
  join(repository: ListenerRepository, listener: string): Promise<void>;
  /** Removes them from the library. @returns whether there were any @throws SegueError LIBRARY_BUSY */
  leave(listener: string): Promise<boolean>;
  /**
   * Removes what was derived from deleted data: trained models, saved answers and evaluation reports.
   * @returns the ids of the removed models
   */
  removeDerived(): Promise<string[]>;
}

const ORIGIN = {
  id: 'listeners',
  title: 'Listeners of this household',
  licence: 'private: theirs alone',
  citation: '',
};

/** The part of a library that contributions need. */
export type ContributedLibrary = Pick<LibraryApi, 'dir' | 'importBatches' | 'listModels' | 'removeModel'> & {
  forget(choice: ForgetChoice): Promise<unknown>;
};

export function libraryContributions(library: ContributedLibrary): Contributions {
  return {
    async join(repository, listener) {
      const batch = await ownerOf(repository, listener);
      if (batch === null) await leave(library, listener);
      else await library.importBatches(ORIGIN, listener, [batch]);
    },
    leave: (listener) => leave(library, listener),
    async removeDerived() {
      const models = (await library.listModels()).map(({ id }) => id);
      for (const id of models) await library.removeModel(id);
      await rm(join(library.dir, 'evaluations'), { recursive: true, force: true });
      return models;
    },
  };
}

async function leave(library: ContributedLibrary, listener: string): Promise<boolean> {
  const { segments } = await readManifest(library.dir);
  if (!segments.some(({ source, file }) => source === ORIGIN.id && file === listener)) return false;
  await library.forget({ source: ORIGIN.id, files: [listener] });
  return true;
}

/** A listener's played songs that a catalogue can contain, as one owner without a name; null when there are none. */
async function ownerOf(repository: ListenerRepository, listener: string): Promise<Batch | null> {
  const songs = (await contributed(repository, listener)).reverse();
  if (songs.length === 0) return null;
  const batch = emptyBatch();
  for (const { song, title, artists } of songs)
    batch.tracks.push({
      uri: song,
      ...(title && { name: title }),
      ...(artists.length > 0 && { artists: artists.map((name) => ({ name })) }),
    });
  batch.owners.push({
    id: `listener:${listener}`,
    kind: 'person',
    items: songs.map((_, i) => i),
    weights: songs.map(({ plays }) => plays),
    times: songs.map(({ lastAt }) => Math.floor(lastAt! / 1000)),
  });
  return batch;
}

/** Played songs that a catalogue can contain, last played first; their counts omit plays that may only be used in queries. */
async function contributed(repository: ListenerRepository, listener: string): Promise<ListenerSong[]> {
  const taken = new Map<string, { plays: number; lastAt: number }>();
  for await (const batch of repository.plays.inOrder(listener))
    for (const { song, at, skipped, source } of batch) {
      if (skipped) continue;
      const entry = taken.get(song) ?? { plays: 0, lastAt: 0 };
      if (!isQueryOnly(source)) {
        entry.plays++;
        entry.lastAt = at;
      }
      taken.set(song, entry);
    }
  return (await repository.songs.played(listener))
    .flatMap((song) => {
      const { plays = 0, lastAt = null } = taken.get(song.song) ?? {};
      return plays > 0 && !isOwnSong(song.song) ? [{ ...song, plays, lastAt }] : [];
    })
    .sort((a, b) => b.lastAt! - a.lastAt!);
}
