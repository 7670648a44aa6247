import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../errors.ts';
import type { Tally } from '../../sources/personal/tally.ts';
import { playId } from '../keys.ts';
import { Pace } from '../pace.ts';
import type { PlayRows } from '../plays.ts';
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

/** Writes what was gathered, all of it or nothing; @returns how many of each kind were new, and how many plays were known. */
export async function storeGathered(
  repository: ListenerRepository,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
  { about, tally, signal, onProgress = () => {} }: StoreOptions,
): Promise<Record<string, number>> {
  const timed = await timedPlays(gathered, tally);
  const named = nameOf(gathered);
  const { plays, skips } = gathered;
  return repository.atOnce(async (stores) => {
    const { id: importId } = await stores.imports.start(listener, about);
    const counts = { plays: 0, skips: 0, known: 0, likes: 0, dislikes: 0, bans: 0, lists: 0 };
    const rows = {
      plays: rowsOf(refs, named, importId, {
        skipped: false,
        length: timed.length,
        song: (i) => plays.song[timed[i]!]!,
        at: (i) => plays.at[timed[i]!]!,
        ms: (i) => plays.ms[timed[i]!]!,
        service: (i) => gathered.origins[plays.origin[timed[i]!]!]!.service,
      }),
      skips: rowsOf(refs, named, importId, {
        skipped: true,
        length: skips.length,
        song: (i) => skips[i]!.song,
        at: (i) => skips[i]!.at,
        ms: () => -1,
        service: (i) => skips[i]!.service,
      }),
    };
    // Plays come first: what a skip would repeat is known then.
    for (const [kind, before] of [
      ['plays', 0],
      ['skips', timed.length],
    ] as const) {
      const { added, known } = await stores.plays.addRows(listener, rows[kind], {
        sameWithinMs: SAME_WITHIN_MS,
        onBatch: (done) => {
          throwIfCancelled(signal, 'the import');
          onProgress((0.9 * (before + done)) / (timed.length + skips.length));
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

/** The plays whose time is known; the others are counted. */
async function timedPlays({ plays, origins }: Gathered, tally: Tally): Promise<Int32Array> {
  const timed = new Int32Array(plays.length);
  let length = 0;
  const pace = new Pace();
  for (let i = 0; i < plays.length; i++) {
    if ((i & 1023) === 0 && pace.due) await pace.rest();
    const [count, { service }] = [plays.count[i]!, origins[plays.origin[i]!]!];
    if (Number.isNaN(plays.at[i]!)) tally.count('plays whose time the export does not give', service, count);
    else {
      timed[length++] = i;
      if (count > 1) tally.count('earlier plays whose time the export does not give', service, count - 1);
    }
  }
  return timed.subarray(0, length);
}

/** What names the song in the export, not by the match: a better match later must not make its plays new ones. */
function nameOf({ songs }: Gathered): (song: number) => string {
  const names: string[] = [];
  return (song) => (names[song] ??= songs[song]!.uri ?? ownKey(songs[song]!));
}

/** Plays or skips of the export, by places. */
interface GatheredRows {
  readonly skipped: boolean;
  readonly length: number;
  song(i: number): number;
  /** Seconds since 1970. */
  at(i: number): number;
  /** −1 when unknown. */
  ms(i: number): number;
  service(i: number): string;
}

function rowsOf(
  refs: readonly SongRef[],
  named: (song: number) => string,
  importId: string,
  rows: GatheredRows,
): PlayRows {
  // The songs in the order of their first play: of two that are one in the catalogue, the first names it.
  const songs: SongRef[] = [];
  const places = new Int32Array(refs.length).fill(-1);
  for (let i = 0; i < rows.length; i++) {
    const song = rows.song(i);
    if (places[song] === -1) places[song] = songs.push(refs[song]!) - 1;
  }
  const at = (i: number): number => rows.at(i) * 1000;
  return {
    length: rows.length,
    songs,
    song: (i) => places[rows.song(i)]!,
    id: (i) => playId(named(rows.song(i)), at(i)),
    at,
    ms: (i) => (rows.ms(i) < 0 ? null : rows.ms(i)),
    skipped: () => rows.skipped,
    source: rows.service,
    importId: () => importId,
  };
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
