import { inputName, unreadable } from '../input.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import { personalLines } from './lines.ts';
import { plainSong } from './plain-song.ts';
import type { PlaylistItem } from './rows.ts';
import { place } from './values.ts';

/** One song per line, "Artist - Title" or an address; `# ` starts a comment. */
export const plainText: PersonalFormat = {
  id: 'plain-text',
  service: 'file',
  title: 'Plain text',
  obtain: 'any editor: one song per line, saved as .txt',
  recognises: ({ name, head }) => {
    if (!/\.txt(?:\.gz)?$/i.test(name) || /^\s*[[{<]/.test(head) || head.includes('\u0000')) return false;
    const lines = head
      .split(/\r\n|\r|\n/)
      .slice(0, 50)
      .filter((text) => text.trim() !== '' && !/^#(\s|$)/.test(text));
    const songs = lines.filter((text) => /\s[-–—|]\s|\t|spotify[:.]/.test(text)).length;
    return lines.length > 0 && songs >= lines.length / 2;
  },
  async *read(input, file, { tally, signal, longestList }) {
    const items: PlaylistItem[] = [];
    const title = listName(file.name);
    for await (const lines of personalLines(input, signal))
      for (const { text, line } of lines) {
        if (text.trim() === '' || /^\s*#(\s|$)/.test(text)) continue;
        const song = plainSong(text);
        if (song) checkLength(title, items.push({ song, addedAt: Number.NaN }), longestList);
        else tally.count('row without a song', place(inputName(input), line, 'line'));
      }
    if (items.length === 0) throw unreadable(input, 'names no song', 'one song per line');
    yield* listRows(title, items);
  },
};
