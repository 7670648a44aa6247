import type { SongName } from './rows.ts';
import { SongNumbers } from './song-numbers.ts';

/** Two rows with the same song and duration that end within this many seconds are one play. */
const WITHIN = 30;
/** Durations are compared below this number of milliseconds, nine hours. */
const LENGTHS = 2 ** 25;
/** Room at the beginning, a power of two; it doubles when three quarters are taken. */
const FIRST = 1 << 12;

/** Plays seen so far in the files of one import: a hash table of song, length and end time in typed arrays, since a history has millions. */
export class SamePlays {
  private readonly songs: SongNumbers;
  private count = 0;
  /** Song number in each slot; −1 in free slots. */
  private song = new Int32Array(FIRST).fill(-1);
  private length = new Int32Array(FIRST);
  /** Seconds at which the play ended. */
  private end = new Float64Array(FIRST);
  /** The first and the last of them. */
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;

  /** @param songs numbers the songs; others may use it, too */
  constructor(songs = new SongNumbers()) {
    this.songs = songs;
  }

  /** Whether this play was seen before; records it as seen. @param ms −1 when unknown @param at whole seconds since 1970 */
  again(song: SongName, ms: number, at: number): boolean {
    const number = this.songs.of(song);
    const length = Math.min(LENGTHS - 1, Math.floor(ms) + 1);
    // Most exports tell of one play after the other, or before it.
    if (at <= this.last + WITHIN && at >= this.first - WITHIN && this.isKept(number, length, at)) return true;
    if (4 * (this.count + 1) > 3 * this.song.length) this.grow();
    this.put(number, length, at);
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    return false;
  }

  private isKept(number: number, length: number, at: number): boolean {
    const window = windowOf(at);
    for (let near = window - 1; near <= window + 1; near++) {
      const place = this.place(number, length, near);
      if (this.song[place] !== -1 && Math.abs(this.end[place]! - at) <= WITHIN) return true;
    }
    return false;
  }

  /** Slot of the play with this song, duration and window, otherwise the free slot for it. */
  private place(song: number, length: number, window: number): number {
    const mask = this.song.length - 1;
    let place = mixed(song, length, window) & mask;
    while (
      this.song[place] !== -1 &&
      !(this.song[place] === song && this.length[place] === length && windowOf(this.end[place]!) === window)
    )
      place = (place + 1) & mask;
    return place;
  }

  private put(song: number, length: number, end: number): void {
    const place = this.place(song, length, windowOf(end));
    this.song[place] = song;
    this.length[place] = length;
    this.end[place] = end;
    this.count++;
  }

  private grow(): void {
    const { song, length, end } = this;
    const room = 2 * song.length;
    this.song = new Int32Array(room).fill(-1);
    this.length = new Int32Array(room);
    this.end = new Float64Array(room);
    this.count = 0;
    for (let i = 0; i < song.length; i++) if (song[i] !== -1) this.put(song[i]!, length[i]!, end[i]!);
  }
}

/** All seconds of a window are the same play, so a window has one; plays this close are in the same or a neighbouring window. */
const windowOf = (at: number): number => Math.floor(at / (WITHIN + 1));

function mixed(song: number, length: number, window: number): number {
  let h = Math.imul(song, 0x9e3779b1) ^ Math.imul(length, 0x85ebca6b) ^ Math.imul(window, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
