import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../errors.ts';
import type { Tally } from '../../sources/personal/tally.ts';
import { exportedPlayId, playId, songMark } from '../keys.ts';
import { Pace } from '../pace.ts';
import type { PlayRows } from '../plays.ts';
import type { ListenerRepository, ListenerStores } from '../repository.ts';
import type { SongRef } from '../songs.ts';
import { byTime } from './by-time.ts';
import type { Gathered } from './gather.ts';
import { ownKey } from './resolve-all.ts';

/** Maximum difference between the end times of one play in two formats of a service. */
const SAME_WITHIN_MS = 30_000;

interface StoreOptions {
  readonly about: { format: string; files: readonly string[] };
  readonly tally: Tally;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

/** Writes everything that was gathered, or nothing. @returns the number of new items of each kind, and of known plays */
export async function storeGathered(
  repository: ListenerRepository,
  listener: string,
  gathered: Gathered,
  refs: readonly SongRef[],
  { about, tally, signal, onProgress = () => {} }: StoreOptions,
): Promise<Record<string, number>> {
  const timed = await timedPlays(gathered, tally);
  const names = namesOf(gathered);
  const { plays } = gathered;
  const inOrder = await byTime(gathered.skips.length, (i) => gathered.skips[i]!.at * 1000);
  const skips = Array.from(inOrder, (i) => gathered.skips[i]!);
  return repository.atOnce(async (stores) => {
    const { id: importId } = await stores.imports.start(listener, about);
    const counts = { plays: 0, skips: 0, known: 0, likes: 0, dislikes: 0, bans: 0, lists: 0 };
    const rows = {
      plays: rowsOf(refs, names, importId, {
        skipped: false,
        length: timed.length,
        song: (i) => plays.song[timed[i]!]!,
        at: (i) => plays.at[timed[i]!]!,
        ms: (i) => plays.ms[timed[i]!]!,
        service: (i) => gathered.origins[plays.origin[timed[i]!]!]!.service,
      }),
      skips: rowsOf(refs, names, importId, {
        skipped: true,
        length: skips.length,
        song: (i) => skips[i]!.song,
        at: (i) => skips[i]!.at,
        ms: () => -1,
        service: (i) => skips[i]!.service,
      }),
    };
    // Plays come first, so that skips that repeat them are recognised.
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
          // Opinions from exports without times count as older than any opinion given in Segue.
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

/** Indexes of the plays with a known time, in chronological order; counts the others as rejected. */
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
  const order = await byTime(length, (i) => plays.at[timed[i]!]! * 1000);
  for (let i = 0; i < length; i++) order[i] = timed[order[i]!]!;
  return order;
}

interface SongNames {
  of(song: number): string;
  mark(song: number): string;
}

/** Identifies a song as the export does, not by its match: a better match in the future must not make its plays new. */
function namesOf({ songs }: Gathered): SongNames {
  const marks: string[] = [];
  const of = (song: number): string => songs[song]!.uri ?? ownKey(songs[song]!);
  return { of, mark: (song) => (marks[song] ??= songMark(of(song))) };
}

/** Plays or skips of the export, by index. */
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

function rowsOf(refs: readonly SongRef[], names: SongNames, importId: string, rows: GatheredRows): PlayRows {
  // In the order of their first play: when two songs match one catalogue track, the first one names it.
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
    id: (i) => exportedPlayId(names.mark(rows.song(i)), at(i)),
    formerId: (i) => playId(names.of(rows.song(i)), at(i)),
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
