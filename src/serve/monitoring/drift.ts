/** Hours that are kept: a week. */
export const HOURS = 168;
/** Minimum number of recommended songs for an hour to have figures, and the sample size for comparing hours. */
export const DRAWN = 100;
/** Maximum number of songs counted per minute, so that an hour holds at most 18,000; later ones in the minute are ignored. */
export const PER_MINUTE = 300;
/** Minimum number of earlier hours before an hour can be called unusual. */
export const ENOUGH = 3;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface DriftHour {
  /** Its start, in milliseconds since 1970. */
  at: number;
  lists: number;
  /** Recommended songs that were counted, repeats included. */
  songs: number;
  /** Different songs in 100 of them drawn at random; null with fewer than 100. */
  differentSongs: number | null;
  differentArtists: number | null;
  /** Median number of playlists of the library that hold a recommended song; null where that is not known. */
  heldBy: number | null;
}

/** What may drift. */
const MEASURES = ['differentSongs', 'differentArtists', 'heldBy'] as const;
type Measure = (typeof MEASURES)[number];

export interface Comparison {
  measure: Measure;
  /** Value of the latest hour that has one. */
  now: number | null;
  /** Median, least and most of the earlier hours; null with fewer than three. */
  usual: { median: number; least: number; most: number } | null;
  /** Whether the latest hour is outside the range of all earlier ones. */
  unusual: boolean;
}

interface Recommended {
  readonly uri: string;
  readonly artists: readonly string[];
}

/**
 * Recommendations by hour, compared with the hours before. A busy hour has more distinct songs than a quiet one whatever the models do, so hours are
 * compared by the expected number of distinct songs in a sample of 100: Hurlbert, The nonconcept of species diversity (1971), equation 14.
 */
export class Drift {
  private readonly ended: DriftHour[] = [];
  private readonly now: () => number;
  private readonly holders: (uri: string) => number | null;
  private hour: number;
  private minute = 0;
  private inMinute = 0;
  private lists = 0;
  private readonly songs = new Map<string, number>();
  private readonly artists = new Map<string, number>();

  /** @param holders how many playlists hold a song, null when unknown @param now milliseconds since 1970 */
  constructor(holders: (uri: string) => number | null, now: () => number = Date.now) {
    this.holders = holders;
    this.now = now;
    this.hour = Math.floor(now() / HOUR);
  }

  /** Whether songs recommended now are counted. */
  hasRoom(): boolean {
    const minute = Math.floor(this.now() / MINUTE);
    if (minute !== this.minute) this.inMinute = 0;
    this.minute = minute;
    return this.inMinute < PER_MINUTE;
  }

  /** Counts one recommended list. */
  recommended(tracks: readonly Recommended[]): void {
    this.turn();
    if (!this.hasRoom()) return;
    const taken = tracks.slice(0, PER_MINUTE - this.inMinute);
    if (taken.length === 0) return;
    this.inMinute += taken.length;
    this.lists++;
    for (const { uri, artists } of taken) {
      this.songs.set(uri, (this.songs.get(uri) ?? 0) + 1);
      const artist = artists[0] ?? '';
      this.artists.set(artist, (this.artists.get(artist) ?? 0) + 1);
    }
  }

  /** The hours in which something was recommended, the oldest first; the last one may not have ended. */
  hours(): DriftHour[] {
    this.turn();
    return this.lists === 0 ? [...this.ended] : [...this.ended, this.describe()];
  }

  /** Drops what is older than a week, and ends the hour when the next has begun; a clock that is set back ends none. */
  private turn(): void {
    const hour = Math.floor(this.now() / HOUR);
    if (hour <= this.hour) return;
    if (this.lists > 0) this.ended.push(this.describe());
    while (this.ended.length > 0 && this.ended[0]!.at <= (hour - HOURS) * HOUR) this.ended.shift();
    this.hour = hour;
    this.lists = 0;
    this.songs.clear();
    this.artists.clear();
  }

  private describe(): DriftHour {
    return {
      at: this.hour * HOUR,
      lists: this.lists,
      songs: [...this.songs.values()].reduce((a, b) => a + b, 0),
      differentSongs: differentAmong([...this.songs.values()], DRAWN),
      differentArtists: differentAmong([...this.artists.values()], DRAWN),
      heldBy: this.medianHeld(),
    };
  }

  private medianHeld(): number | null {
    const known: [number, number][] = [];
    let total = 0;
    for (const [uri, times] of this.songs) {
      const held = this.holders(uri);
      if (held === null) continue;
      known.push([held, times]);
      total += times;
    }
    if (total < DRAWN) return null;
    known.sort((a, b) => a[0] - b[0]);
    let seen = 0;
    return known.find(([, times]) => (seen += times) * 2 >= total)![0];
  }
}

/**
 * Expected number of distinct items in a sample drawn without replacement: Σ 1 − C(N − nᵢ, drawn) / C(N, drawn).
 * @param counts number of occurrences of each item @returns null when there are fewer items than the sample size
 */
export function differentAmong(counts: readonly number[], drawn: number): number | null {
  const all = counts.reduce((a, b) => a + b, 0);
  if (all < drawn) return null;
  const missed = new Map<number, number>();
  let sum = 0;
  for (const count of counts) {
    let never = missed.get(count);
    if (never === undefined) {
      never = 1;
      for (let i = 0; i < drawn && never > 0; i++) never *= Math.max(0, all - count - i) / (all - i);
      missed.set(count, never);
    }
    sum += 1 - never;
  }
  return sum;
}

/** The latest hour against those before it, for each measure. */
export function compareHours(hours: readonly DriftHour[]): Comparison[] {
  return MEASURES.map((measure) => {
    const values = hours.map((hour) => hour[measure]).filter((value) => value !== null);
    const now = values.pop() ?? null;
    if (now === null || values.length < ENOUGH) return { measure, now, usual: null, unusual: false };
    values.sort((a, b) => a - b);
    const half = values.length / 2;
    const median = (values[Math.ceil(half) - 1]! + values[Math.floor(half)]!) / 2;
    const [least, most] = [values[0]!, values.at(-1)!];
    return { measure, now, usual: { median, least, most }, unusual: now < least || now > most };
  });
}
