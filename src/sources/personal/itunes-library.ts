import { inputName } from '../input.ts';
import type { PersonalFormat, Reading } from './format.ts';
import type { PersonalRow, PlaylistItem, SongName } from './rows.ts';
import { place, songName, timeOf } from './values.ts';
import { xmlEvents } from './xml-events.ts';

/** Depth of a dictionary that is a track or a playlist: plist, dict, dict/array, dict. */
const RECORD = 4;

/**
 * The library of iTunes and Music on a computer: a property list with a dictionary of tracks (numbers of plays, loved, disliked) and a
 * list of playlists that refer to them. Folders, the whole library and smart collections of the program are left out.
 */
export const itunesLibrary: PersonalFormat = {
  id: 'itunes-library',
  service: 'itunes',
  title: 'iTunes or Music library',
  obtain: 'in Music or iTunes: File, Library, Export Library: Library.xml',
  recognises: ({ head }) =>
    /<plist\b/.test(head) && /<key>(?:Library Persistent ID|Tracks|Major Version)<\/key>/.test(head),
  async *read(input, _file, reading) {
    const name = inputName(input);
    const songs = new Map<string, SongName>();
    let depth = 0;
    let section = '';
    let key = '';
    let number = 0;
    let fields: Record<string, string> = {};
    let ids: string[] = [];
    for await (const events of xmlEvents(input, reading.signal))
      for (const event of events) {
        if (event.type === 'open') {
          depth++;
          if (event.name === 'dict' && depth === RECORD) {
            fields = {};
            ids = [];
            number++;
          }
          continue;
        }
        if (event.name === 'key') {
          key = event.text.trim();
          if (depth === 3) {
            section = key;
            number = 0;
          }
        } else if (event.name === 'dict' && depth === RECORD) {
          const where = place(name, number, section === 'Playlists' ? 'playlist' : 'track');
          if (section === 'Tracks') yield* trackRows(fields, songs, where, reading);
          else if (section === 'Playlists') yield* playlistRows(fields, ids, songs, where, reading);
        } else if (event.name !== 'dict' && event.name !== 'array') {
          const value = event.name === 'true' || event.name === 'false' ? event.name : event.text;
          if (depth === RECORD + 1) fields[key] = value;
          else if (depth > RECORD + 1 && key === 'Track ID') ids.push(value.trim());
        }
        depth--;
      }
  },
};

function* trackRows(
  fields: Readonly<Record<string, string>>,
  songs: Map<string, SongName>,
  where: string,
  { tally }: Reading,
): Generator<PersonalRow> {
  if (
    fields.Podcast === 'true' ||
    fields.Movie === 'true' ||
    fields['Has Video'] === 'true' ||
    /audiobook/i.test(fields.Genre ?? '')
  ) {
    tally.count('video, podcast or book', where);
    return;
  }
  const song = songName({
    title: fields.Name ?? '',
    artists: [fields.Artist ?? fields['Album Artist'] ?? ''],
    album: fields.Album,
    durationMs: Number(fields['Total Time']) || undefined,
  });
  if (!song) {
    tally.count('entry without a song', where);
    return;
  }
  if (fields['Track ID']) songs.set(fields['Track ID'].trim(), song);
  const loved = fields.Loved === 'true' || fields.Favorited === 'true';
  if (fields.Disliked === 'true') yield { kind: 'dislike', song, how: 'disliked', at: Number.NaN };
  else yield { kind: 'like', song, how: loved ? 'loved' : 'saved', at: timeOf(fields['Date Added'] ?? '') };
  const count = Number(fields['Play Count'] ?? 0);
  if (count > 0)
    yield { kind: 'play', song, at: timeOf(fields['Play Date UTC'] ?? ''), ms: -1, count: Math.min(count, 100_000) };
}

function* playlistRows(
  fields: Readonly<Record<string, string>>,
  ids: readonly string[],
  songs: ReadonlyMap<string, SongName>,
  where: string,
  { tally }: Reading,
): Generator<PersonalRow> {
  if (fields.Master === 'true' || fields.Folder === 'true' || fields['Distinguished Kind'] !== undefined) {
    tally.count('playlist made by the program', where);
    return;
  }
  const items: PlaylistItem[] = [];
  for (const id of ids) {
    const song = songs.get(id);
    if (song) items.push({ song, addedAt: Number.NaN });
    else tally.count('playlist entry without a song', where);
  }
  if (items.length > 0)
    yield {
      kind: 'playlist',
      name: fields.Name ?? '',
      description: fields.Description ?? '',
      modifiedAt: Number.NaN,
      items,
    };
}
