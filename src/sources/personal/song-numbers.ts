import { namesKey, songId } from './listening.ts';
import type { SongName } from './rows.ts';

/** Maximum number of objects remembered: enough for the songs of long histories, while songs that occur once take no more memory. */
const MOST = 1 << 17;

/** Numbers the songs of an export from 0 in the order of their first occurrence. */
export class SongNumbers {
  private readonly byKey = new Map<string, number>();
  /** Numbers of songs without an id. Readers pass the same object for the same names (see `RepeatedSongs`), which saves building its key again. */
  private readonly byObject = new Map<SongName, number>();

  of(song: SongName): number {
    const id = songId(song);
    if (id !== undefined) return this.numberOf(id);
    const known = this.byObject.get(song);
    if (known !== undefined) return known;
    const number = this.numberOf(namesKey(song));
    if (this.byObject.size >= MOST) this.byObject.clear();
    this.byObject.set(song, number);
    return number;
  }

  private numberOf(key: string): number {
    let number = this.byKey.get(key);
    if (number === undefined) {
      number = this.byKey.size;
      this.byKey.set(key, number);
    }
    return number;
  }
}
