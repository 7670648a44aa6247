import { throwIfCancelled } from '../../errors.ts';
import { inputName } from '../input.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import { jsonDocument } from './json-document.ts';
import type { PlaylistItem } from './rows.ts';
import { isRecord, listOf, numberOf, place, songName, textOf, timeOf } from './values.ts';
import { recordingOf, spotifyOf } from './xspf.ts';

/** Tracks between two pauses. */
const TRACKS = 4096;

/** Shareable playlists in JSON, as ListenBrainz writes them. */
export const jspf: PersonalFormat = {
  id: 'jspf',
  service: 'file',
  title: 'JSPF playlist',
  obtain: 'listenbrainz.org: a playlist, "Export as JSPF"',
  recognises: ({ head }) => /^\s*\{\s*"playlist"\s*:\s*\{/.test(head),
  async *read(input, file, { tally, signal, longestList }) {
    const document = await jsonDocument(input);
    const playlist = isRecord(document.playlist) ? document.playlist : {};
    const items: PlaylistItem[] = [];
    const title = textOf(playlist.title) || listName(file.name);
    for (const [i, track] of listOf(playlist.track).entries()) {
      // A list gives no row before its end, at which an interruption would be heard.
      if (i % TRACKS === 0) {
        await new Promise(setImmediate);
        throwIfCancelled(signal, 'the import');
      }
      const entry = isRecord(track) ? track : {};
      const ids = [entry.identifier, entry.location].flatMap((value) =>
        Array.isArray(value) ? value.map(textOf) : [textOf(value)],
      );
      const song = songName({
        title: textOf(entry.title),
        artists: [textOf(entry.creator)],
        album: textOf(entry.album),
        durationMs: numberOf(entry.duration) || undefined,
        mbid: ids.map(recordingOf).find((id) => id !== undefined),
        uri: ids.map(spotifyOf).find((id) => id !== undefined),
      });
      if (song) checkLength(title, items.push({ song, addedAt: Number.NaN }), longestList);
      else tally.count('entry without a song', place(inputName(input), i + 1));
    }
    yield* listRows(title, items, {
      description: textOf(playlist.annotation),
      modifiedAt: timeOf(textOf(playlist.date)),
    });
  },
};
