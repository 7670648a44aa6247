import type { ImportSource } from '../api/client.ts';

/** Matches files of a person's own history as provided by Spotify and Last.fm: these belong to a listener, not to the library. */
const PERSONAL = /^(?:streaming_?history|endsong|yourlibrary|playlist\d|my_spotify_data|scrobbles|recenttracks)/i;

export const isPersonal = (name: string): boolean => PERSONAL.test(name);

/** Whether a file is a list of songs, as written by players and transfer services, rather than data about many songs or listeners. */
export async function isSongList(file: Pick<File, 'name' | 'slice'>): Promise<boolean> {
  if (/\.(m3u8?|pls|xspf|jspf)$/i.test(file.name)) return true;
  const heading = (await file.slice(0, 2_000).text()).toLowerCase().split(/[\r\n]/, 1)[0]!;
  const has = (words: RegExp): boolean => words.test(heading);
  if (/\.txt$/i.test(file.name)) return !heading.includes('\t') && has(/\p{L}.* [-–—] .*\p{L}|open\.spotify\.com/u);
  const names = has(/artist/) && has(/\b(?:title|song|track ?_?name|track)\b/);
  return names && !has(/user|owner|listener|genre|energy|tempo|valence|danceability|\bid\b|_id\b|uri/);
}

/** Whether a file could hold rows: by its ending, or because it begins like a table or JSON. Pictures and sound files do not. */
export async function isData(file: Pick<File, 'name' | 'slice'>): Promise<boolean> {
  if (/\.(json|jsonl|csv|tsv|dat|txt|zip|gz|parquet)$/i.test(file.name)) return true;
  const head = await file.slice(0, 2_000).text();
  return !head.includes('\0') && (/^\s*[[{]/.test(head) || /[,;\t]/.test(head.split(/[\r\n]/, 1)[0]!));
}

/** The most likely kind of a file, judging by its name and its first characters. */
export async function guessSource(file: Pick<File, 'name' | 'slice'>): Promise<ImportSource> {
  const head = (await file.slice(0, 2_000).text()).toLowerCase();
  if (/\.(json|zip)$/i.test(file.name) || /^\s*[[{]/.test(head)) return 'mpd';
  const heading = head.split(/[\r\n]/, 1)[0]!;
  if (/energy|tempo|valence|danceability/.test(heading)) return 'tracks';
  if (/genre/.test(heading) && /artist/.test(heading)) return 'artists';
  return 'interactions';
}
