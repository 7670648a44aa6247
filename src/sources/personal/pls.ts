import { inputName, unreadable } from '../input.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import { personalLines } from './lines.ts';
import { fileSong, plainSong } from './plain-song.ts';
import type { PlaylistItem } from './rows.ts';
import { place } from './values.ts';

const MOST = 1_000_000;

/** Playlists of players, PLS: File1=, Title1=, Length1= (seconds, −1 unknown). */
export const pls: PersonalFormat = {
  id: 'pls',
  service: 'file',
  title: 'PLS playlist',
  obtain: 'some players export .pls',
  recognises: ({ head }) => /^\s*\[playlist\]/i.test(head),
  async *read(input, file, { tally, signal, longestList }) {
    const entries = new Map<number, { file?: string; title?: string; length?: number }>();
    let told = -1;
    for await (const lines of personalLines(input, signal))
      for (const { text } of lines) {
        const match = /^\s*(File|Title|Length)(\d{1,7})\s*=(.*)$/i.exec(text);
        const count = /^\s*NumberOfEntries\s*=\s*(\d{1,7})/i.exec(text);
        if (count) told = Number(count[1]);
        if (!match || entries.size > MOST) continue;
        const entry = entries.get(Number(match[2])) ?? {};
        const value = match[3]!.trim();
        if (/^file$/i.test(match[1]!)) entry.file = value;
        else if (/^title$/i.test(match[1]!)) entry.title = value;
        else entry.length = Number(value);
        entries.set(Number(match[2]), entry);
      }
    if (entries.size < told)
      throw unreadable(input, `names ${entries.size} of ${told} entries: it is truncated`, 'a complete .pls file');
    const items: PlaylistItem[] = [];
    const list = listName(file.name);
    for (const [number, entry] of [...entries].sort(([a], [b]) => a - b)) {
      const durationMs = entry.length && entry.length > 0 ? entry.length * 1000 : undefined;
      const song = (entry.title ? plainSong(entry.title, durationMs) : null) ?? fileSong(entry.file ?? '', durationMs);
      if (song) checkLength(list, items.push({ song, addedAt: Number.NaN }), longestList);
      else tally.count('row without a song', place(inputName(input), number));
    }
    if (items.length === 0) throw unreadable(input, 'names no song', 'a playlist');
    yield* listRows(list, items);
  },
};
