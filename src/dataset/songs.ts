import type { Lists } from './dataset.ts';
import { firstRows } from './first-rows.ts';
import { normaliseAll } from './normalise.ts';
import type { Steps } from './steps.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

const SAME_DURATION_MS = 2000;
/** Titles of one step. */
const TITLES_AT_ONCE = 1 << 20;

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
export function* linkSongs(
  names: StringColumn,
  artists: Lists,
  durationMs: Int32Array,
  earlier?: EarlierSongs,
): Steps<{ song: Int32Array; linked: number }> {
  const count = names.length;
  const song = new Int32Array(count);
  for (let i = 0; i < count; i++) song[i] = i;
  const mainArtist = (i: number): number =>
    artists.ptr[i] === artists.ptr[i + 1] ? -1 : artists.idx[artists.ptr[i]!]!;
  const isSubject = earlier ? isOneOf(earlier.artists) : (artist: number) => artist >= 0;
  if (earlier) song.set(earlier.song);
  // Tables of bare ids have no song to link: neither time nor memory goes into them.
  if (names.heap.length === 0 || artists.idx.length === 0) return { song, linked: countLinked(song) };
  const titles = titlesOfArtists(count, artists.idx, (i) => {
    const artist = mainArtist(i);
    return isSubject(artist) && !names.isEmpty(i) ? artist : -1;
  });
  let subjects: Int32Array | null = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const artist = mainArtist(i);
    if (!isSubject(artist) || names.isEmpty(i)) continue;
    song[i] = i;
    if (titles[artist] === SEVERAL) subjects[found++] = i;
  }
  subjects = found === count ? null : subjects.subarray(0, found);
  yield;
  const texts = subjects ? select(names, subjects) : names;
  // Nearly all titles belong to one artist, so the pairs of a title's first artist need no table.
  const normalised = normaliseAll(texts);
  yield;
  const { first, distinct } = firstRows(normalised);
  if (distinct === texts.length) return { song, linked: countLinked(song) };
  const pairs = new PairTable();
  let versions: Versions | null = null;
  const link = (from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      const i = subjects ? subjects[k]! : k;
      const title = first[k]!;
      if (title === k) continue;
      const artist = mainArtist(i);
      const earliest = subjects ? subjects[title]! : title;
      const version = mainArtist(earliest) === artist ? earliest : pairs.firstOf(artist, title, i);
      if (version === i) continue;
      if (sameDuration(durationMs[i]!, durationMs[version]!)) song[i] = version;
      else song[i] = (versions ??= new Versions(durationMs)).firstOf(version, i);
    }
  };
  for (let from = 0; from < texts.length; from += TITLES_AT_ONCE) {
    yield;
    link(from, Math.min(texts.length, from + TITLES_AT_ONCE));
  }
  return { song, linked: countLinked(song) };
}

function countLinked(song: Int32Array): number {
  let linked = 0;
  for (let i = 0; i < song.length; i++) if (song[i] !== i) linked++;
  return linked;
}

/** An artist with more than one title may have one of them twice. */
const SEVERAL = 2;

/** By artist whether tracks have no title of it, one, or several. @param artistOf a track with a title; −1 for others */
function titlesOfArtists(tracks: number, artists: Int32Array, artistOf: (track: number) => number): Uint8Array {
  let last = -1;
  for (let e = 0; e < artists.length; e++) if (artists[e]! > last) last = artists[e]!;
  const titles = new Uint8Array(last + 1);
  for (let i = 0; i < tracks; i++) {
    const artist = artistOf(i);
    if (artist >= 0 && titles[artist]! < SEVERAL) titles[artist]!++;
  }
  return titles;
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
  return selected.peek();
}

const sameDuration = (a: number, b: number): boolean => a < 0 || b < 0 || Math.abs(a - b) <= SAME_DURATION_MS;

/**
 * Versions of one artist's title that are not the same song: of known durations, each more than 2 s from all others. So there is at most one in
 * each span of 2 s, and those that may fit a duration are found without going through all: an artist may have a million.
 */
class Versions {
  private readonly durationMs: Int32Array;
  /** By the title's first track and the span. */
  private readonly bySpan = new PairTable();

  constructor(durationMs: Int32Array) {
    this.durationMs = durationMs;
  }

  /** The earliest version after the first that matches a track; without one, the track becomes a new version. */
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

/** Of each slot two numbers and a track plus 1, or 0: together, so that a look-up waits for memory once. */
const SLOT = 3;

/** The first track of each pair of numbers, such as artist and title; by open addressing at a load of at most ½. */
class PairTable {
  private slots = new Int32Array(SLOT << 10);
  private mask = (1 << 10) - 1;
  private count = 0;

  /** The first track of the pair; without one, `track` becomes it. */
  firstOf(a: number, b: number, track: number): number {
    const at = this.placeOf(a, b);
    const { slots } = this;
    if (slots[at + 2] !== 0) return slots[at + 2]! - 1;
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = track + 1;
    if (2 * ++this.count > this.mask) this.grow();
    return track;
  }

  /** The first track of the pair, or −1. */
  find(a: number, b: number): number {
    return this.slots[this.placeOf(a, b) + 2]! - 1;
  }

  private placeOf(a: number, b: number): number {
    const { slots, mask } = this;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const at = SLOT * slot;
      if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const { slots } = this;
    this.mask = 2 * this.mask + 1;
    this.slots = new Int32Array(SLOT * (this.mask + 1));
    for (let from = 0; from < slots.length; from += SLOT) {
      if (slots[from + 2] === 0) continue;
      const to = this.placeOf(slots[from]!, slots[from + 1]!);
      for (let k = 0; k < SLOT; k++) this.slots[to + k] = slots[from + k]!;
    }
  }
}
