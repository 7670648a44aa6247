import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { EXPORTED } from '../keys.ts';
import type { AddedPlays, PlayRows } from '../plays.ts';
import { apart, batchFrom, PLAYS_AT_ONCE } from './apart.ts';
import { countHours, HOUR } from './counted.ts';
import { type Change, type Database, inBatches } from './database.ts';
import { type FoundSongs, findSongs, songValues, writeSongs } from './known-songs.ts';
import { MOST_ROWS, RowInsertion } from './row-insertion.ts';
import { checkId, duration, name } from './values.ts';

/** Plays to store for a listener. */
export interface PlayInsertion {
  readonly listener: number;
  readonly plays: PlayRows;
  /** The store's numbers of imports, by their ids. */
  readonly imports: ReadonlyMap<string, number>;
  /** A play within so many milliseconds of a stored play of the same song is the same play; 0 = none is. */
  readonly sameWithinMs: number;
  /** Called repeatedly with the number of plays stored so far, also while songs are stored; an error it throws stops the insertion. */
  readonly onBatch: (done: number) => void;
}

/**
 * Stores plays in the embedded store by prepared statements, which take a third of the time of rows as JSON. New songs are written last, with their
 * counts: two of their indexes contain both the counts and the searched text, and would otherwise be written twice.
 */
export async function insertDirectly(
  database: Database,
  native: DatabaseSync,
  tx: Change,
  { listener, plays, imports, sameWithinMs, onBatch }: PlayInsertion,
): Promise<AddedPlays> {
  const rest = async (): Promise<void> => {
    await database.breathe();
    onBatch(0);
  };
  const found = await findSongs(database, tx, listener, plays.songs);
  await rest();
  const { places, numbers, toWrite } = found;
  const fresh = toWrite.filter((place) => numbers[place] === 0);
  await writeSongs(
    database,
    tx,
    listener,
    found,
    toWrite.filter((place) => numbers[place] !== 0),
  );
  const { last } = native.prepare('select coalesce(max(no), 0) as last from songs').get() as { last: number };
  for (const [i, place] of fresh.entries()) numbers[place] = last + 1 + i;
  await rest();

  const counts = new SongCounts(numbers, last);
  const near = native.prepare('select 1 from plays where song = ? and at between ? and ? limit 1');
  const insertion = insertions(native, listener);
  const idsAfter = native.prepare('select id from plays where no > ?');
  const isStoredAs = formerIds(native, listener, plays);
  const song = (play: number): number => counts.number(places[plays.song(play)]!);
  const isNear = (play: number): boolean => {
    const place = places[plays.song(play)]!;
    const at = plays.at(play);
    return (
      counts.mayBeNear(place, at, sameWithinMs) &&
      near.get(counts.number(place), at - sameWithinMs, at + sameWithinMs) !== undefined
    );
  };
  const hours = new Map<number, { plays: number; ms: number }>();
  let added = 0;
  const count = (play: number): void => {
    const at = plays.at(play);
    const ms = duration(plays.ms(play)) ?? 0;
    const skipped = plays.skipped(play);
    added++;
    counts.add(places[plays.song(play)]!, at, ms, skipped);
    const hour = Math.floor(at / HOUR);
    let counted = hours.get(hour);
    if (!counted) hours.set(hour, (counted = { plays: 0, ms: 0 }));
    if (!skipped) counted.plays++;
    counted.ms += ms;
  };
  const kindOf = (play: number): RowInsertion =>
    insertion(plays.skipped(play), plays.source(play), imports.get(plays.importId(play) ?? '') ?? null);
  for (let from = 0; from < plays.length; from += PLAYS_AT_ONCE) {
    onBatch(from);
    const batch = apart(batchFrom(plays, from), sameWithinMs, song, plays.at);
    // Stored plays are looked up before any play of the batch is stored, as if one statement stored the batch.
    const unknown = batch.filter((play) => !(sameWithinMs > 0 && isNear(play)) && !isStoredAs(play));
    for (let first = 0; first < unknown.length; ) {
      const into = kindOf(unknown[first]!);
      let alike = 1;
      while (alike < MOST_ROWS && first + alike < unknown.length && kindOf(unknown[first + alike]!) === into) alike++;
      const rows = unknown.slice(first, first + RowInsertion.size(alike));
      first += rows.length;
      const values: SQLInputValue[] = [];
      for (const play of rows)
        values.push(
          checkId('A play', plays.id(play)),
          counts.number(places[plays.song(play)]!),
          plays.at(play),
          duration(plays.ms(play)),
        );
      const { stored, last } = into.run(rows.length, values);
      if (stored === 0) continue;
      // New songs have the highest numbers in the table.
      const ids =
        stored === rows.length ? null : new Set(idsAfter.all(last - stored).map((row) => (row as { id: string }).id));
      for (const play of rows) if (!ids || ids.delete(plays.id(play))) count(play);
    }
    await database.breathe();
  }
  await writeCounts(database, native, listener, found, fresh, counts, () => onBatch(plays.length));
  await countHours(database, tx, listener, hours);
  return { added, known: plays.length - added };
}

/** Whether a play is stored under the id that an earlier version gave it; looks nothing up if there can be no such id. */
function formerIds(native: DatabaseSync, listener: number, plays: PlayRows): (play: number) => boolean {
  const others = ['<', '>='].some(
    (side) =>
      native
        .prepare(`select 1 from plays where listener = ? and id ${side} ? limit 1`)
        .get(listener, side === '<' ? EXPORTED : AFTER_EXPORTED) !== undefined,
  );
  if (!others || !plays.formerId) return () => false;
  const stored = native.prepare('select 1 from plays where listener = ? and id = ?');
  return (play) => stored.get(listener, plays.formerId!(play)) !== undefined;
}

/** The smallest text greater than all texts with this prefix. */
const AFTER_EXPORTED = String.fromCharCode(EXPORTED.charCodeAt(0) + 1);

type Insertion = (skipped: boolean, source: string, importNumber: number | null) => RowInsertion;

/** The statements for plays with these values in common, which are part of their text: binding eight values takes longer than storing the row. */
function insertions(native: DatabaseSync, listener: number): Insertion {
  const known: { skipped: boolean; source: string; importNumber: number | null; rows: RowInsertion }[] = [];
  return (skipped, source, importNumber) => {
    let kind = known.find((k) => k.skipped === skipped && k.source === source && k.importNumber === importNumber);
    if (!kind) {
      const text = name(source).replaceAll("'", "''");
      const rows = new RowInsertion(
        native,
        (values) =>
          `insert or fail into plays (listener, id, song, at, ms, skipped, source, import) ${values} on conflict (listener, id) do nothing`,
        `(${listener}, ?, ?, ?, ?, ${skipped ? 1 : 0}, '${text}', ${importNumber ?? 'null'})`,
      );
      known.push((kind = { skipped, source, importNumber, rows }));
    }
    return kind.rows;
  };
}

/** What the added plays make of each song, by the place of its key: of a song with several keys, each has a part of the plays. */
class SongCounts {
  private readonly numbers: Float64Array;
  readonly plays: Float64Array;
  readonly skips: Float64Array;
  readonly ms: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Songs with higher numbers are new, so all their plays are counted here. */
  private readonly newAfter: number;

  /** @param numbers of each place */
  constructor(numbers: Float64Array, newAfter: number) {
    this.numbers = numbers;
    this.newAfter = newAfter;
    const { length } = numbers;
    this.plays = new Float64Array(length);
    this.skips = new Float64Array(length);
    this.ms = new Float64Array(length);
    this.first = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    this.last = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  }

  number(place: number): number {
    return this.numbers[place]!;
  }

  /** The places of songs that the store had before, and that have plays. */
  known(): number[] {
    const known: number[] = [];
    for (let place = 0; place < this.numbers.length; place++)
      if (this.numbers[place]! <= this.newAfter && this.has(place)) known.push(place);
    return known;
  }

  add(place: number, at: number, ms: number, skipped: boolean): void {
    if (skipped) this.skips[place]!++;
    else this.plays[place]!++;
    this.ms[place]! += ms;
    this.first[place] = Math.min(this.first[place]!, at);
    this.last[place] = Math.max(this.last[place]!, at);
  }

  /** False if no stored play of the song can be so close: all plays of a new song are known here. */
  mayBeNear(place: number, at: number, within: number): boolean {
    if (this.numbers[place]! <= this.newAfter) return true;
    return at >= this.first[place]! - within && at <= this.last[place]! + within;
  }

  has(place: number): boolean {
    return this.last[place]! >= this.first[place]!;
  }

  /** Number of plays and skips, time listened, first and last play; null without any. */
  of(place: number): [number, number, number, number | null, number | null] {
    const [first, last] = this.has(place) ? [this.first[place]!, this.last[place]!] : [null, null];
    return [this.plays[place]!, this.skips[place]!, this.ms[place]!, first, last];
  }
}

async function writeCounts(
  database: Database,
  native: DatabaseSync,
  listener: number,
  { refs }: FoundSongs,
  fresh: readonly number[],
  counts: SongCounts,
  onSongs: () => void,
): Promise<void> {
  const update = native.prepare(
    `update songs set plays = plays + ?1, skips = skips + ?2, listened_ms = listened_ms + ?3,
      first_at = case when first_at <= ?4 then first_at else ?4 end, last_at = case when last_at >= ?5 then last_at else ?5 end where no = ?6`,
  );
  for await (const some of inBatches(database, counts.known())) {
    onSongs();
    for (const place of some) update.run(...counts.of(place), counts.number(place));
  }
  const insertion = new RowInsertion(
    native,
    (values) =>
      `insert or fail into songs (listener, no, key, own, title, artists, album, isrc, mbid, search, plays, skips, listened_ms, first_at, last_at) ${values}`,
    `(${listener}${', ?'.repeat(14)})`,
  );
  for await (const places of inBatches(database, fresh)) {
    onSongs();
    for (let first = 0; first < places.length; ) {
      const some = places.slice(first, first + RowInsertion.size(places.length - first));
      first += some.length;
      const values: SQLInputValue[] = [];
      for (const place of some) values.push(counts.number(place), ...songValues(refs[place]!), ...counts.of(place));
      insertion.run(some.length, values);
    }
  }
}
