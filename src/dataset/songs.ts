import type { Lists } from './dataset.ts';
import { Interner } from './interner.ts';
import { normaliseAll } from './normalise.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

const SAME_DURATION_MS = 2000;

/** The links of a catalogue before it grew. */
export interface EarlierSongs {
  readonly song: Int32Array;
  /** Artists of whom some track is new, or known better than before: only their songs are linked anew. */
  readonly artists: ReadonlySet<number>;
}

/**
 * Links tracks that are one song under several URIs: same main artist, same normalised title, durations within 2 s
 * (an unknown duration fits any). song[i] is the lowest linked track number; linked counts the others.
 * @param earlier saves the work for artists of whom nothing has changed
 */
export function linkSongs(
  names: StringColumn,
  artists: Lists,
  durationMs: Int32Array,
  earlier?: EarlierSongs,
): { song: Int32Array; linked: number } {
  const count = names.length;
  const song = new Int32Array(count);
  for (let i = 0; i < count; i++) song[i] = i;
  const mainArtist = (i: number): number =>
    artists.ptr[i] === artists.ptr[i + 1] ? -1 : artists.idx[artists.ptr[i]!]!;
  const isSubject = earlier ? isOneOf(earlier.artists) : (artist: number) => artist >= 0;
  if (earlier) song.set(earlier.song);
  let subjects: Int32Array | null = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) if (isSubject(mainArtist(i)) && !names.isEmpty(i)) subjects[found++] = i;
  // Tables of bare ids have no song to link: neither time nor memory goes into them.
  subjects = found === count ? null : subjects.slice(0, found);
  const texts = subjects ? select(names, subjects) : names;
  const titles = new Interner(texts.length).addAll(normaliseAll(texts));
  const pairs = new PairTable(texts.length);
  // Versions of one artist's title that are not the same song: a chain from the first to the next.
  const next = new Map<number, number>();
  for (let k = 0; k < texts.length; k++) {
    const i = subjects ? subjects[k]! : k;
    song[i] = i;
    let version = pairs.firstOf(mainArtist(i), titles[k]!, i);
    if (version === i) continue;
    while (!sameDuration(durationMs[i]!, durationMs[version]!) && next.has(version)) version = next.get(version)!;
    if (sameDuration(durationMs[i]!, durationMs[version]!)) song[i] = version;
    else next.set(version, i);
  }
  let linked = 0;
  for (let i = 0; i < count; i++) if (song[i] !== i) linked++;
  return { song, linked };
}

function isOneOf(artists: ReadonlySet<number>): (artist: number) => boolean {
  let last = 0;
  for (const artist of artists) last = Math.max(last, artist);
  const among = new Uint8Array(last + 1);
  for (const artist of artists) among[artist] = 1;
  return (artist) => among[artist] === 1;
}

function select(texts: StringColumn, rows: Int32Array): StringColumn {
  const selected = new StringColumnBuilder(rows.length);
  for (const row of rows) selected.pushRange(texts.heap, texts.offsets[row]!, texts.offsets[row + 1]!);
  return selected.finish();
}

const sameDuration = (a: number, b: number): boolean => a < 0 || b < 0 || Math.abs(a - b) <= SAME_DURATION_MS;

/** The first track of each (artist, title), by open addressing. */
class PairTable {
  private readonly artists: Int32Array;
  private readonly titles: Int32Array;
  private readonly first: Int32Array;
  private readonly mask: number;

  constructor(count: number) {
    let capacity = 16;
    while (capacity < count * 2) capacity *= 2;
    this.mask = capacity - 1;
    this.artists = new Int32Array(capacity);
    this.titles = new Int32Array(capacity);
    this.first = new Int32Array(capacity).fill(-1);
  }

  /** The first track of the pair; `track` itself becomes it when there is none. */
  firstOf(artist: number, title: number, track: number): number {
    let hash = Math.imul(artist, 0x9e3779b1) ^ Math.imul(title, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.mask;
    while (this.first[slot]! >= 0) {
      if (this.artists[slot] === artist && this.titles[slot] === title) return this.first[slot]!;
      slot = (slot + 1) & this.mask;
    }
    this.artists[slot] = artist;
    this.titles[slot] = title;
    this.first[slot] = track;
    return track;
  }
}
