import { inputName } from '../input.ts';
import { checkLength, listName, listRows } from './collections.ts';
import type { PersonalFormat } from './format.ts';
import { fileSong } from './plain-song.ts';
import type { PlaylistItem } from './rows.ts';
import { place, songName, timeOf } from './values.ts';
import { xmlEvents } from './xml-events.ts';

/** The recording of a MusicBrainz address, the form in which XSPF and JSPF name songs. */
export const recordingOf = (text: string): string | undefined =>
  /musicbrainz\.org\/recording\/([0-9a-f-]{36})/i.exec(text)?.[1];

/** A Spotify address in the text, if any. */
export const spotifyOf = (text: string): string | undefined =>
  /^(?:spotify:track:\S+|https?:\/\/open\.spotify\.com\/(?:intl-[a-z-]+\/)?track\/\S+)$/.exec(text.trim())?.[0];

/** Shareable playlists in XML (xspf.org, version 1). */
export const xspf: PersonalFormat = {
  id: 'xspf',
  service: 'file',
  title: 'XSPF playlist',
  obtain: 'VLC, Navidrome tools and others export .xspf',
  recognises: ({ head }) => /<playlist\b[^<>]{0,1000}xspf\.org/i.test(head),
  async *read(input, file, { tally, signal, longestList }) {
    const items: PlaylistItem[] = [];
    let fields: Record<string, string> | null = null;
    let title = '';
    let date = '';
    let note = '';
    let number = 0;
    for await (const events of xmlEvents(input, signal))
      for (const event of events) {
        if (event.type === 'open') {
          if (event.name === 'track') fields = {};
          continue;
        }
        const text = event.text.trim();
        if (event.name === 'track') {
          number++;
          const song = songOf(fields ?? {});
          if (song) {
            items.push({ song, addedAt: Number.NaN });
            // A title that comes behind the songs may still make them likes.
            checkLength(title, items.length, longestList);
          } else tally.count('entry without a song', place(inputName(input), number));
          fields = null;
        } else if (fields) fields[event.name] ??= text;
        else if (event.name === 'title') title = text;
        else if (event.name === 'annotation') note = text;
        else if (event.name === 'date') date = text;
      }
    yield* listRows(title || listName(file.name), items, { description: note, modifiedAt: timeOf(date) });
  },
};

function songOf({
  title = '',
  creator = '',
  album,
  duration,
  identifier = '',
  location = '',
}: Readonly<Record<string, string>>) {
  const durationMs = Number(duration) || undefined;
  if (title === '' && location !== '' && !spotifyOf(location)) return fileSong(location, durationMs);
  return songName({
    title,
    artists: [creator],
    album,
    durationMs,
    mbid: recordingOf(identifier),
    uri: spotifyOf(identifier) ?? spotifyOf(location),
  });
}
