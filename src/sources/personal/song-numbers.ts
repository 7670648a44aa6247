import { namesKey, songId } from './listening.ts';
import type { SongName } from './rows.ts';

/** Objects that are remembered: as many songs as long histories have, so that all that are told once do not take the room of all. */
const MOST = 1 << 17;

/** Numbers for songs, from 0 on in the order in which they come: the same one for what is one song within an export. */
export class SongNumbers {
  private readonly byKey = new Map<string, number>();
  /** Of songs without an id. Readers hand over the same object for the same names (see `RepeatedSongs`): its key need not be put together again. */
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
