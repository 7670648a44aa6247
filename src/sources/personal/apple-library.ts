import { inputName } from '../input.ts';
import { appleTrackKey } from './apple-activity.ts';
import type { PersonalFormat } from './format.ts';
import { jsonElements } from './json-elements.ts';
import { isRecord, numberOf, place, songName, textOf, timeOf } from './values.ts';

const LOVED = /^(?:liked|loved|favou?rited?|true|yes)$/i;
const DISLIKED = /^(?:disliked|suggest less)$/i;

/** Apple Music's library (privacy export): saved songs, ratings, and numbers of plays without their times. */
export const appleLibrary: PersonalFormat = {
  id: 'apple-library',
  service: 'apple',
  title: 'Apple Music library',
  obtain: 'privacy.apple.com, Apple Media Services: "Apple Music Library Tracks.json"',
  recognises: ({ head }) => /^\s*\[/.test(head) && head.includes('"Track Identifier"') && head.includes('"Title"'),
  async *read(input, _file, { tally, names, signal }) {
    const name = inputName(input);
    for await (const batch of jsonElements(input, signal))
      for (const { value, number } of batch) {
        const where = place(name, number);
        const entry = isRecord(value) ? value : {};
        const kind = textOf(entry['Content Type']);
        if (kind !== '' && kind !== 'Song') {
          tally.count('video, podcast or book', where);
          continue;
        }
        const title = textOf(entry.Title);
        const artists = [textOf(entry.Artist) || textOf(entry['Album Artist'])];
        const song = songName({
          title,
          artists,
          album: textOf(entry.Album),
          durationMs: numberOf(entry['Track Duration']) || undefined,
        });
        if (!song) {
          tally.count('entry without a song', where);
          continue;
        }
        names.set(appleTrackKey(title, textOf(entry.Album)), { title, artists });
        const added = timeOf(textOf(entry['Date Added To Library']));
        const rating = textOf(entry['Track Like Rating']) || textOf(entry['Favorite Status - Track']);
        if (DISLIKED.test(rating)) yield { kind: 'dislike', song, how: 'disliked', at: Number.NaN };
        else yield { kind: 'like', song, how: LOVED.test(rating) ? 'loved' : 'saved', at: added };
        const count = numberOf(entry['Track Play Count']);
        const at = timeOf(textOf(entry['Last Played Date']));
        if (count > 0) yield { kind: 'play', song, at, ms: -1, count: Math.min(count, 100_000) };
      }
  },
};
