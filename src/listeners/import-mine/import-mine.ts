import type { Rejection } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { inputName } from '../../sources/input.ts';
import { readPersonalTogether, recognise } from '../../sources/personal/read-personal.ts';
import { Tally } from '../../sources/personal/tally.ts';
import { Pace } from '../pace.ts';
import type { ListenerRepository } from '../repository.ts';
import type { OwnSongMatcher } from '../resolve/own-song-matcher.ts';
import { resolveAgain } from '../resolve/resolve-again.ts';
import type { SongRef } from '../songs.ts';
import { MOST_SONGS } from '../store/lists.ts';
import { Gathered } from './gather.ts';
import { resolveAll } from './resolve-all.ts';
import { storeGathered } from './store-gathered.ts';

export interface ImportMineOptions {
  /** Take plays of private sessions too. Default false. */
  readonly incognito?: boolean;
  readonly signal?: AbortSignal;
  /** @param fraction 0–1 of the whole @param text what is done, for people */
  readonly onProgress?: OnProgress;
}

/** What came of an import, for people. */
export interface ImportMineReport {
  /** Titles of the formats that were found. */
  readonly formats: readonly string[];
  readonly files: number;
  /** Names of files in archives and folders that are of no known format. */
  readonly aside: readonly string[];
  /** New and already known, by kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** Rows that were left out, by cause. */
  readonly rejections: readonly Rejection[];
  /** Distinct songs: with a track of the catalogue, unsure, and not in the catalogue. */
  readonly songs: { readonly matched: number; readonly unsure: number; readonly unknown: number };
  /** Questions that are open now: songs that may be one of several. */
  readonly toReview: number;
}

/**
 * Takes a person's exports in: recognises, reads, checks that they are one person's, matches the songs and only then writes. The same files
 * again add nothing. A failure or the end of the process at any moment leaves no trace.
 * @param files paths of files, folders and zip archives
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, USAGE (two people's exports), NOT_FOUND (the listener), CANCELLED
 */
export async function importMine(
  repository: ListenerRepository,
  matcher: OwnSongMatcher,
  files: readonly string[],
  listener: string,
  { incognito = false, signal, onProgress = () => {} }: ImportMineOptions = {},
): Promise<ImportMineReport> {
  await repository.listeners.get(listener);
  onProgress({ fraction: 0, note: 'looking at the files' });
  const found = await recognise(files, signal);
  const tally = new Tally();
  const gathered = new Gathered();
  const reading = readPersonalTogether(found.files, {
    incognito,
    tally,
    signal,
    longestList: MOST_SONGS,
    songs: gathered.numbers,
    onFile: (done, total, name) => onProgress({ fraction: 0.4 * (done / total), note: `reading ${name}` }),
  });
  const pace = new Pace();
  for await (const rows of reading) {
    gathered.addAll(rows);
    // Rows that lie in memory come without a pause of their own.
    if (pace.due) await pace.rest();
  }
  await gathered.checkOnePerson();
  onProgress({ fraction: 0.4, note: 'matching songs' });
  const resolved = await resolveAll(matcher, gathered.songs, signal, (part) =>
    onProgress({ fraction: 0.4 + 0.3 * part, note: 'matching songs' }),
  );
  throwIfCancelled(signal, 'the import');
  const formats = [...new Set(found.files.map(({ format }) => format))];
  const hadUnknown = await repository.songs.hasUnknown(listener);
  const counts = await storeGathered(repository, listener, gathered, resolved.refs, {
    about: {
      format: formats.map(({ id }) => id).join(', '),
      files: [...new Set(found.files.map(({ candidate }) => inputName(candidate.parcel)))],
    },
    tally,
    signal,
    onProgress: (part) => onProgress({ fraction: 0.7 + 0.3 * part, note: 'writing' }),
  });
  // Questions that were answered before are not asked again.
  await repository.reviews.ask(listener, resolved.questions);
  // Songs of earlier imports may be in the catalogue by now.
  if (hadUnknown) {
    const asked = new Map<string, SongRef>();
    for (const ref of resolved.refs) if (!asked.has(ref.song)) asked.set(ref.song, ref);
    await resolveAgain(repository, matcher, listener, signal, asked);
  }
  return {
    formats: formats.map(({ title }) => title),
    files: found.files.length,
    aside: found.aside,
    counts,
    rejections: tally.list(),
    songs: resolved.counts,
    toReview: await repository.reviews.count(listener),
  };
}
