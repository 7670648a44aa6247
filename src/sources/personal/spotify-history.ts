import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { jsonElements } from './json-elements.ts';
import { judge } from './listening.ts';
import type { PersonalRow } from './rows.ts';
import { isRecord, numberOf, place, songName, textOf, timeOf } from './values.ts';

/** Spotify's account data: the last year of listening by names alone. Times are of the minute, and nothing says whether a song was skipped. */
export const spotifyHistory: PersonalFormat = {
  id: 'spotify-history',
  service: 'spotify',
  title: 'Spotify account data, streaming history',
  obtain: 'spotify.com/account/privacy, "Account data": a zip with StreamingHistory_music_*.json',
  recognises: ({ head }) =>
    /^\s*\[/.test(head) &&
    head.includes('"endTime"') &&
    head.includes('"msPlayed"') &&
    (head.includes('"trackName"') || head.includes('"podcastName"')),
  async *read(input, _file, reading) {
    const name = inputName(input);
    for await (const batch of jsonElements(input, reading.signal)) {
      const found: PersonalRow[] = [];
      for (const { value, number } of batch) {
        const where = place(name, number);
        if (isRecord(value) && value.podcastName !== undefined) {
          reading.tally.count('podcast or audiobook', where);
          continue;
        }
        const song = isRecord(value)
          ? songName({ title: textOf(value.trackName), artists: [textOf(value.artistName)] })
          : null;
        if (!isRecord(value) || !song) {
          reading.tally.count('entry without a song', where);
          continue;
        }
        const ms = numberOf(value.msPlayed);
        if (Number.isNaN(ms) || ms < 0) {
          reading.tally.count('stream without a length', where);
          continue;
        }
        const row = judge({ song, at: timeOf(textOf(value.endTime)), ms, skipped: false, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};
