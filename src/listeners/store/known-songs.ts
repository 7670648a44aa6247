import { sql } from '#kysely';
import { normaliseName } from '../../dataset/normalise.ts';
import { isOwnSong } from '../keys.ts';
import type { ListenerSong, SongRef } from '../songs.ts';
import { type Change, type Database, inBatches, integer, text } from './database.ts';
import type { Tables } from './tables.ts';
import { checkSong, name } from './values.ts';

/** Maximum number of characters of title, artists and album that are searched; an index entry of PostgreSQL holds 2,700 bytes. */
const SEARCHED = 400;
/** For more songs than this it is worth checking first whether the listener has any. */
const MANY = 500;

/** Songs as the store has them: lists with one entry for each key, by place. A map of half a million keys takes longer to ask than a row to write. */
export interface FoundSongs {
  /** The place of each song that was given. */
  readonly places: readonly number[];
  /** What is said of each key: the first of its names. */
  readonly refs: readonly SongRef[];
  /** The store's number of each, 0 of those that it does not know; of an own song that was settled, that of the song it turned out to be. */
  readonly numbers: Float64Array;
  /** Places of keys that are new, and of keys that were known without the names that they have now; in the order in which they are written. */
  readonly toWrite: readonly number[];
}

/**
 * Adds songs to the store. A song whose key alone was known receives the names. @returns the store's number for every key; for an own song that was
 * matched, the number of the song it was matched to
 * @throws SegueError USAGE
 */
export async function knowSongs(
  database: Parts,
  tx: Change,
  listener: number,
  songs: Iterable<SongRef>,
): Promise<Map<string, number>> {
  const found = await findSongs(database, tx, listener, songs);
  await writeSongs(database, tx, listener, found, found.toWrite);
  return new Map(found.refs.map(({ song }, place) => [song, found.numbers[place]!]));
}

/** @throws SegueError USAGE */
export async function findSongs(
  database: Parts,
  tx: Change,
  listener: number,
  songs: Iterable<SongRef>,
): Promise<FoundSongs> {
  const placeOf = new Map<string, number>();
  const places: number[] = [];
  const refs: SongRef[] = [];
  for (const ref of songs) {
    let place = placeOf.get(ref.song);
    if (place === undefined) {
      placeOf.set(checkSong(ref.song), (place = refs.push(ref) - 1));
    } else if (!refs[place]!.title && ref.title) refs[place] = ref;
    places.push(place);
  }
  const numbers = new Float64Array(refs.length);
  // Sorted, so that no two transactions wait for each other. Transactions of the embedded store run one after the other; there, songs are numbered in the
  // given order, so that songs first played one after the other are adjacent in the indexes by number and by time.
  const all = Array.from(refs.keys());
  if (database.kind !== 'embedded') all.sort((a, b) => (refs[a]!.song < refs[b]!.song ? -1 : 1));
  if (all.length > MANY && (await hasNoSongs(tx, listener))) return { places, refs, numbers, toWrite: all };
  const toWrite: number[] = [];
  for await (const some of inBatches(database, all)) {
    const nameless = await findSome(database, tx, listener, some, { refs, numbers });
    for (const place of some) if (numbers[place] === 0 || nameless.has(place)) toWrite.push(place);
  }
  return { places, refs, numbers, toWrite };
}

/** Whether no song can be found, as in a listener's first import. */
async function hasNoSongs(tx: Change, listener: number): Promise<boolean> {
  for (const table of ['songs', 'settled'] as const)
    if (await tx.selectFrom(table).select('listener').where('listener', '=', listener).limit(1).executeTakeFirst())
      return false;
  return true;
}

type Parts = Pick<Database, 'kind' | 'rows' | 'breathe'>;
type Numbered = Pick<FoundSongs, 'refs' | 'numbers'>;

/** Some of the places by their keys. */
const byKey = ({ refs }: Numbered, places: readonly number[]): Map<string, number> =>
  new Map(places.map((place) => [refs[place]!.song, place]));

/** Numbers those of the songs that are known. @returns the places of those that had no names and have some now */
async function findSome(
  { rows }: Pick<Database, 'rows'>,
  tx: Change,
  listener: number,
  places: readonly number[],
  songs: Numbered,
): Promise<Set<number>> {
  const { refs, numbers } = songs;
  const placeOf = byKey(songs, places);
  const keys = [...placeOf.keys()];
  for (const [key, song] of await settledSongs({ rows }, tx, listener, keys.filter(isOwnSong)))
    numbers[placeOf.get(key)!] = song;
  const found = await sql<{ key: string; no: number; named: number }>`
    select songs.key, songs.no, case when songs.title = '' then 0 else 1 end as named
    from ${rows(keys.map((key) => [key]))} cross join songs
    where songs.listener = ${listener} and songs.key = ${text(0)}`.execute(tx);
  const nameless = new Set<number>();
  for (const { key, no, named } of found.rows) {
    const place = placeOf.get(key)!;
    numbers[place] = no;
    if (!named && refs[place]!.title) nameless.add(place);
  }
  return nameless;
}

/** Writes songs that are new or get their names, and numbers them. */
export async function writeSongs(
  database: Parts,
  tx: Change,
  listener: number,
  songs: Numbered,
  places: readonly number[],
): Promise<void> {
  const { refs, numbers } = songs;
  for await (const some of inBatches(database, places)) {
    const placeOf = byKey(songs, some);
    const values = some.map((place) => songValues(refs[place]!));
    const added = await sql<{ key: string; no: number }>`
      insert into songs (listener, key, own, title, artists, album, isrc, mbid, search)
      select ${listener}, ${text(0)}, ${integer(1)}, ${text(2)}, ${text(3)}, ${text(4)}, ${text(5)}, ${text(6)}, ${text(7)}
      from ${database.rows(values)} where true
      on conflict (listener, key) do update set title = excluded.title, artists = excluded.artists,
        album = coalesce(songs.album, excluded.album), isrc = coalesce(songs.isrc, excluded.isrc),
        mbid = coalesce(songs.mbid, excluded.mbid), search = excluded.search
      returning key, no`.execute(tx);
    for (const { key, no } of added.rows) numbers[placeOf.get(key)!] = no;
  }
}

async function settledSongs(
  { rows }: Pick<Database, 'rows'>,
  tx: Change,
  listener: number,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const found = await sql<{ key: string; song: number }>`
    select settled.key, settled.song from ${rows(keys.map((key) => [key]))}
    cross join settled where settled.listener = ${listener} and settled.key = ${text(0)}`.execute(tx);
  return new Map(found.rows.map(({ key, song }) => [key, song]));
}

/** Key, whether it is an own song, title, artists, album, ISRC, MusicBrainz recording, and searched text. */
export function songValues({ song, title, artists = [], album, isrc, mbid }: SongRef): (string | number | null)[] {
  const names = artists.map(name);
  const words = normaliseName([name(title), ...names, name(album)].filter(Boolean).join(' '));
  return [
    song,
    isOwnSong(song) ? 1 : 0,
    name(title),
    JSON.stringify(names),
    album ? name(album) : null,
    isrc ? name(isrc) : null,
    mbid ? name(mbid) : null,
    words.slice(0, SEARCHED).toWellFormed(),
  ];
}

/** The columns of a song that are read. */
export type SongColumns = Pick<Tables['songs'], 'key' | 'title' | 'artists' | 'album' | 'isrc' | 'mbid'>;

export const songRef = (row: SongColumns): Required<SongRef> => ({
  song: row.key,
  title: row.title,
  artists: JSON.parse(row.artists) as string[],
  album: row.album,
  isrc: row.isrc,
  mbid: row.mbid,
});

export type SongRow = SongColumns & {
  no: number;
  own: number;
  plays: number;
  skips: number;
  listened_ms: number;
  first_at: number | null;
  last_at: number | null;
};

export const SONG_COLUMNS = [
  'songs.no',
  'songs.key',
  'songs.title',
  'songs.artists',
  'songs.album',
  'songs.isrc',
  'songs.mbid',
  'songs.own',
  'songs.plays',
  'songs.skips',
  'songs.listened_ms',
  'songs.first_at',
  'songs.last_at',
] as const;

export const listenerSong = (row: SongRow): ListenerSong => ({
  ...songRef(row),
  own: row.own === 1,
  plays: row.plays,
  skips: row.skips,
  listenedMs: row.listened_ms,
  firstAt: row.first_at,
  lastAt: row.last_at,
});
