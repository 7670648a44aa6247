import type { Lists } from './dataset.ts';
import { firstRows } from './first-rows.ts';
import { normaliseAll } from './normalise.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';
import { tableSize } from './vocabulary.ts';

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
  if (names.heap.length > 0 && artists.idx.length > 0)
    for (let i = 0; i < count; i++) if (isSubject(mainArtist(i)) && !names.isEmpty(i)) subjects[found++] = i;
  // Tables of bare ids have no song to link: neither time nor memory goes into them.
  subjects = found === count ? null : subjects.slice(0, found);
  const texts = subjects ? select(names, subjects) : names;
  // Nearly all titles are those of one artist: the pairs of the first one who has it need no table.
  const { first, distinct } = firstRows(normaliseAll(texts));
  const repeats = texts.length - distinct;
  const pairs = new PairTable(repeats);
  let versions: Versions | null = null;
  for (let k = 0; k < texts.length; k++) {
    const i = subjects ? subjects[k]! : k;
    song[i] = i;
    const title = first[k]!;
    if (title === k) continue;
    const artist = mainArtist(i);
    const earliest = subjects ? subjects[title]! : title;
    const version = mainArtist(earliest) === artist ? earliest : pairs.firstOf(artist, title, i);
    if (version === i) continue;
    if (sameDuration(durationMs[i]!, durationMs[version]!)) song[i] = version;
    else song[i] = (versions ??= new Versions(durationMs, repeats)).firstOf(version, i);
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

/**
 * Versions of one artist's title that are not the same song: of known durations, each more than 2 s from all others. So there is at most one in
 * each span of 2 s, and those that may fit a duration are found without going through all: an artist may have a million.
 */
class Versions {
  private readonly durationMs: Int32Array;
  /** By the title's first track and the span. */
  private readonly bySpan: PairTable;

  constructor(durationMs: Int32Array, most: number) {
    this.durationMs = durationMs;
    this.bySpan = new PairTable(most);
  }

  /** The earliest version that a track is, other than the first one, which it is not; else the track becomes one. */
  firstOf(first: number, track: number): number {
    const duration = this.durationMs[track]!;
    const span = Math.floor(duration / SAME_DURATION_MS);
    let earliest = track;
    for (let s = span - 1; s <= span + 1; s++) {
      const version = this.bySpan.find(first, s);
      if (version >= 0 && version < earliest && sameDuration(duration, this.durationMs[version]!)) earliest = version;
    }
    return earliest === track ? this.bySpan.firstOf(first, span, track) : earliest;
  }
}

/** The first track of each pair of numbers, such as artist and title; by open addressing. */
class PairTable {
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  /** Plus 1, or 0. */
  private readonly first: Int32Array;
  private readonly mask: number;

  /** @param count pairs at most */
  constructor(count: number) {
    const capacity = tableSize(count);
    this.mask = capacity - 1;
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.first = new Int32Array(capacity);
  }

  /** The first track of the pair; `track` itself becomes it when there is none. */
  firstOf(a: number, b: number, track: number): number {
    const slot = this.slotOf(a, b);
    if (this.first[slot] !== 0) return this.first[slot]! - 1;
    this.a[slot] = a;
    this.b[slot] = b;
    this.first[slot] = track + 1;
    return track;
  }

  /** The first track of the pair, or −1. */
  find(a: number, b: number): number {
    return this.first[this.slotOf(a, b)]! - 1;
  }

  private slotOf(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.mask;
    while (this.first[slot] !== 0 && (this.a[slot] !== a || this.b[slot] !== b)) slot = (slot + 1) & this.mask;
    return slot;
  }
}
