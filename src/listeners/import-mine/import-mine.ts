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
  /** Whether to import plays of private sessions, too. Default false. */
  readonly incognito?: boolean;
  readonly signal?: AbortSignal;
  /** @param fraction of the whole, 0–1 @param note what is being done, for people */
  readonly onProgress?: OnProgress;
}

/** The result of an import, for people. */
export interface ImportMineReport {
  /** Titles of the formats found. */
  readonly formats: readonly string[];
  readonly files: number;
  /** Names of files of unknown formats in archives and folders. */
  readonly aside: readonly string[];
  /** Numbers of new and known items, by kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** Rejected rows by cause. */
  readonly rejections: readonly Rejection[];
  /** Numbers of different songs: matched to a catalogue track, uncertain, and not in the catalogue. */
  readonly songs: { readonly matched: number; readonly unsure: number; readonly unknown: number };
  /** Number of open questions, about songs with several possible tracks. */
  readonly toReview: number;
}

/**
 * Imports a person's exports: recognises and reads the files, checks that they belong to one person, matches the songs, and only then writes. Importing
 * the same files again adds nothing. A failure, or the end of the process at any moment, leaves no trace.
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
    // Rows that are already in memory arrive without a pause.
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
  // Questions answered before are not asked again.
  await repository.reviews.ask(listener, resolved.questions);
  // The catalogue may have gained songs of earlier imports.
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
