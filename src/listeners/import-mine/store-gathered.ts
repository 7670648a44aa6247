import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../errors.ts';
import type { Tally } from '../../sources/personal/tally.ts';
import { playId } from '../keys.ts';
import { Pace } from '../pace.ts';
import type { NewPlay } from '../plays.ts';
import type { ListenerRepository, ListenerStores } from '../repository.ts';
import type { SongRef } from '../songs.ts';
import type { Gathered } from './gather.ts';
import { ownKey } from './resolve-all.ts';

/** The same play in two formats of a service ends within this time. */
const SAME_WITHIN_MS = 30_000;

interface StoreOptions {
  readonly about: { format: string; files: readonly string[] };
  readonly tally: Tally;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

type ImportedPlay = Omit<NewPlay, 'importId'> & { importId: string };

/** Writes what was gathered, all of it or nothing; @returns how many of each kind were new, and how many plays were known. */
export async function storeGathered(
  repository: ListenerRepository,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
  { about, tally, signal, onProgress = () => {} }: StoreOptions,
): Promise<Record<string, number>> {
  const plays = await playsOf(gathered, refs, tally);
  return repository.atOnce(async (stores) => {
    const { id: importId } = await stores.imports.start(listener, about);
    const counts = { plays: 0, skips: 0, known: 0, likes: 0, dislikes: 0, bans: 0, lists: 0 };
    // Plays come first: what a skip would repeat is known then.
    for (const [kind, before] of [
      ['plays', 0],
      ['skips', plays.plays.length],
    ] as const) {
      for (const play of plays[kind]) play.importId = importId;
      const { added, known } = await stores.plays.add(listener, plays[kind], {
        sameWithinMs: SAME_WITHIN_MS,
        onBatch: (done) => {
          throwIfCancelled(signal, 'the import');
          onProgress((0.9 * (before + done)) / (plays.plays.length + plays.skips.length));
        },
      });
      counts[kind] += added;
      counts.known += known;
    }
    for (const kind of ['like', 'dislike'] as const)
      counts[`${kind}s`] = await stores.opinions.set(
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
    throwIfCancelled(signal, 'the import');
    counts.bans = await storeBans(stores, listener, gathered, refs);
    for (const { list, songs, service } of gathered.playlists) {
      throwIfCancelled(signal, 'the import');
      const id = `${service}:${createHash('sha256').update(`${service}\0${list.name}`).digest('hex').slice(0, 24)}`;
      await stores.lists.save(listener, {
        id,
        name: list.name || 'Untitled',
        description: list.description,
        source: service,
        songs: songs.map((song) => refs[song]!),
      });
      counts.lists++;
    }
    const rejected = Object.fromEntries(tally.list().map(({ cause, count }) => [cause, count]));
    await stores.imports.finish(listener, importId, { counts, rejected });
    throwIfCancelled(signal, 'the import');
    onProgress(1);
    return counts;
  });
}

async function playsOf(
  gathered: Gathered,
  refs: readonly SongRef[],
  tally: Tally,
): Promise<Record<'plays' | 'skips', ImportedPlay[]>> {
  const plays: ImportedPlay[] = [];
  const skips: ImportedPlay[] = [];
  // Named by the export, not by the match: a better match later must not make the play a new one.
  const names: string[] = [];
  const nameOf = (song: number): string => (names[song] ??= gathered.songs[song]!.uri ?? ownKey(gathered.songs[song]!));
  const add = (song: number, at: number, ms: number, skipped: boolean, source: string): void => {
    const id = playId(nameOf(song), at * 1000);
    const play = { ...refs[song]!, id, at: at * 1000, msPlayed: ms < 0 ? null : ms, skipped, source, importId: '' };
    (skipped ? skips : plays).push(play);
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
  return { plays, skips };
}

async function storeBans(
  stores: ListenerStores,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
): Promise<number> {
  for (const { what, song } of gathered.bans) {
    if ('song' in what)
      await stores.bans.set(listener, { kind: 'song', target: refs[song]!.song, label: what.song.title });
    else
      await stores.bans.set(listener, {
        kind: 'artist',
        target: what.uri ?? `artist:${what.artist}`,
        label: what.artist,
      });
  }
  return gathered.bans.length;
}
