import { writeShortAscii } from './strings.ts';

/** A number of ten digits with its sign, and the zero behind it. */
const LONGEST_PREFIX = 12;

/** The key of albums without a URI: the number of their main artist, a zero byte, and a name. One object makes all keys. */
export class AlbumKey {
  bytes = new Uint8Array(1 << 10);
  private view = this.bytes;
  private artist = Number.NaN;
  private length = 0;

  /** Begins the key of an artist's album. @param room bytes of the name at most @returns where the name goes */
  begin(artist: number, room: number): number {
    if (LONGEST_PREFIX + room > this.bytes.length) {
      this.bytes = new Uint8Array(2 * (LONGEST_PREFIX + room));
      this.artist = Number.NaN;
    }
    // Albums of one artist often follow each other.
    if (artist !== this.artist) {
      this.length = writeShortAscii(`${artist}\u0000`, this.bytes, 0);
      this.artist = artist;
      this.view = this.bytes.subarray(0, this.length);
    }
    return this.length;
  }

  /** What the key of an artist's album has before the name; valid until the next call. */
  prefix(artist: number): Uint8Array {
    this.begin(artist, 0);
    return this.view;
  }
}
