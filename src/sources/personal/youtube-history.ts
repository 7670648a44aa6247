import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { jsonElements } from './json-elements.ts';
import { judge } from './listening.ts';
import { isRecord, listOf, place, textOf, timeOf } from './values.ts';
import { videoId, videoSong, watchedTitle } from './youtube-titles.ts';

/** The watch history of Google Takeout as JSON. Reads plays of YouTube Music only; the durations are unknown. */
export const youtubeHistory: PersonalFormat = {
  id: 'youtube-history',
  service: 'youtube',
  title: 'YouTube Music history (Takeout, JSON)',
  obtain: 'takeout.google.com, YouTube and YouTube Music, history as JSON: watch-history.json',
  recognises: ({ head }) =>
    /^\s*\[/.test(head) && head.includes('"header"') && head.includes('"titleUrl"') && head.includes('"time"'),
  async *read(input, _file, reading) {
    const name = inputName(input);
    for await (const batch of jsonElements(input, reading.signal))
      for (const { value, number } of batch) {
        const where = place(name, number);
        if (!isRecord(value)) {
          reading.tally.count('entry of another shape', where);
          continue;
        }
        if (textOf(value.header) !== 'YouTube Music') {
          reading.tally.count('video outside YouTube Music', where);
          continue;
        }
        const channel = listOf(value.subtitles).find(isRecord);
        const song = videoSong(
          watchedTitle(textOf(value.title)),
          channel ? textOf(channel.name) : '',
          textOf(value.titleUrl),
        );
        if (!song) {
          reading.tally.count('entry without a song', where);
          continue;
        }
        const id = videoId(song.uri);
        if (id) reading.names.set(`youtube:${id}`, song);
        const row = judge({ song, at: timeOf(textOf(value.time)), ms: -1, skipped: false, where }, reading);
        if (row) yield row;
      }
  },
};
