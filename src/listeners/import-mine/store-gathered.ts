import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../errors.ts';
import type { Tally } from '../../sources/personal/tally.ts';
import { playId } from '../keys.ts';
import { Pace } from '../pace.ts';
import type { NewPlay } from '../plays.ts';
import type { ListenerRepository } from '../repository.ts';
import type { SongRef } from '../songs.ts';
import type { Gathered } from './gather.ts';
import { ownKey } from './resolve-all.ts';

/** Plays written in one transaction; between two, other work may run. */
const BATCH = 250;
/** The same play in two formats of a service ends within this time. */
const SAME_WITHIN_MS = 30_000;

interface StoreOptions {
  readonly about: { format: string; files: readonly string[] };
  readonly tally: Tally;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

/** Writes what was gathered; @returns how many of each kind were new, and how many plays were known. A failure takes the plays back. */
export async function storeGathered(
  repository: ListenerRepository,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
  { about, tally, signal, onProgress = () => {} }: StoreOptions,
): Promise<Record<string, number>> {
  const { id: importId } = await repository.imports.start(listener, about);
  try {
    const plays = await playsOf(gathered, refs, importId, tally);
    const counts = { plays: 0, skips: 0, known: 0, likes: 0, dislikes: 0, bans: 0, lists: 0 };
    for (const [skipped, kind] of [
      [false, 'plays'],
      [true, 'skips'],
    ] as const) {
      const rows = plays.filter((play) => play.skipped === skipped);
      for (let from = 0; from < rows.length; from += BATCH) {
        throwIfCancelled(signal, 'the import');
        const { added, known } = await repository.plays.add(listener, rows.slice(from, from + BATCH), {
          sameWithinMs: SAME_WITHIN_MS,
          // Waiting for the disk after every few plays would hold up everybody; the end of the import waits for all of them.
          flush: false,
        });
        counts[kind] += added;
        counts.known += known;
        onProgress((0.9 * from) / rows.length);
      }
    }
    for (const kind of ['like', 'dislike'] as const)
      counts[`${kind}s`] = await repository.opinions.set(
        listener,
        gathered.opinions
          .filter((opinion) => opinion.kind === kind)
          // An export that tells no time is older than anything said here.
          .map(({ song, at, service }) => ({
            ...refs[song]!,
            kind,
            at: Number.isNaN(at) ? 0 : at * 1000,
            source: service,
          })),
      );
    counts.bans = await storeBans(repository, listener, gathered, refs);
    for (const { list, songs, service } of gathered.playlists) {
      const id = `${service}:${createHash('sha256').update(`${service}\0${list.name}`).digest('hex').slice(0, 24)}`;
      await repository.lists.save(listener, {
        id,
        name: list.name || 'Untitled',
        description: list.description,
        source: service,
        songs: songs.map((song) => refs[song]!),
      });
      counts.lists++;
    }
    const rejected = Object.fromEntries(tally.list().map(({ cause, count }) => [cause, count]));
    await repository.imports.finish(listener, importId, { counts, rejected });
    onProgress(1);
    return counts;
  } catch (error) {
    await repository.imports.discard(listener, importId);
    throw error;
  }
}

async function playsOf(
  gathered: Gathered,
  refs: readonly SongRef[],
  importId: string,
  tally: Tally,
): Promise<NewPlay[]> {
  const plays: NewPlay[] = [];
  const add = (song: number, at: number, ms: number, skipped: boolean, source: string): void => {
    const named = gathered.songs[song]!;
    // Named by the export, not by the match: a better match later must not make the play a new one.
    const id = playId(named.uri ?? ownKey(named), at * 1000);
    plays.push({ ...refs[song]!, id, at: at * 1000, msPlayed: ms < 0 ? null : ms, skipped, source, importId });
  };
  const pace = new Pace();
  for (const { song, row, service } of gathered.plays) {
    if (pace.due) await pace.rest();
    if (Number.isNaN(row.at)) tally.count('plays whose time the export does not give', service, row.count);
    else {
      add(song, row.at, row.ms, false, service);
      if (row.count > 1) tally.count('earlier plays whose time the export does not give', service, row.count - 1);
    }
  }
  for (const { song, at, service } of gathered.skips) add(song, at, -1, true, service);
  return plays;
}

async function storeBans(
  repository: ListenerRepository,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
): Promise<number> {
  for (const { what, song } of gathered.bans) {
    if ('song' in what)
      await repository.bans.set(listener, { kind: 'song', target: refs[song]!.song, label: what.song.title });
    else
      await repository.bans.set(listener, {
        kind: 'artist',
        target: what.uri ?? `artist:${what.artist}`,
        label: what.artist,
      });
  }
  return gathered.bans.length;
}
