import { splitLine } from '../../dataset/song-line.ts';
import type { SongName } from './rows.ts';
import { songName } from './values.ts';

const NUMBERING = /^\s*(?:\d{1,5}[.)]\s+|[-*•]\s+)/;
const ADDRESS = /^(?:spotify:track:\S+|https?:\/\/open\.spotify\.com\/\S+)$/;

/** A song as one text: an address, "Artist - Title", or a title alone. */
export function plainSong(text: string, durationMs?: number): SongName | null {
  const clean = text.replace(NUMBERING, '').trim();
  if (ADDRESS.test(clean)) return songName({ title: '', artists: [], uri: clean });
  const split = splitLine(clean);
  return split
    ? songName({ title: split[1], artists: [split[0]], durationMs })
    : songName({ title: clean, artists: [], durationMs });
}

/** The song of a file: its name without folders, ending and track number; the folders above may be artist and album. */
export function fileSong(path: string, durationMs?: number): SongName | null {
  let clean = path;
  try {
    clean = decodeURIComponent(path);
  } catch {
    // A lone % is part of a name.
  }
  const parts = clean
    .replace(/^file:\/+/i, '/')
    .split(/[/\\]/)
    .filter((part) => part !== '');
  const bare = (parts.at(-1) ?? '')
    .replace(/\.\w{2,5}$/, '')
    .replace(/^\d{1,3}(?:-\d{1,3})?[ ._-]+/, '')
    .replaceAll('_', ' ');
  if (/\s[-–—]\s/.test(bare) || parts.length < 3) return plainSong(bare, durationMs);
  return songName({ title: bare, artists: [parts.at(-3)!], album: parts.at(-2), durationMs });
}
