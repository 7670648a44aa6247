import type { SongName } from './rows.ts';
import { type SongParts, songName } from './values.ts';

/** Songs that are remembered. */
const MOST = 1 << 17;

/** Songs by the cells that name them. Most rows of a history name a song that others have named: they get the same object, and its names are trimmed and checked once. */
export class RepeatedSongs {
  private readonly songs = new Map<string, SongName | null>();

  /** `songName` of these parts. */
  of(parts: SongParts): SongName | null {
    const { title, artists, album, uri, isrc, mbid, durationMs } = parts;
    const by = artists.length === 1 ? artists[0] : artists.join('\u0001');
    const key = `${title}\u0000${by}\u0000${album ?? ''}\u0000${uri ?? ''}\u0000${isrc ?? ''}\u0000${mbid ?? ''}\u0000${durationMs ?? ''}`;
    const known = this.songs.get(key);
    if (known !== undefined) return known;
    const song = songName(parts);
    if (this.songs.size >= MOST) this.songs.clear();
    this.songs.set(key, song);
    return song;
  }
}
