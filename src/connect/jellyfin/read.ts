import { type Answer, numberOf, recordOf, recordsIn, secondsOf, textIn, withoutGaps } from '../answers.ts';
import type { Page } from '../contract.ts';
import { readInPieces } from '../read-in-pieces.ts';
import type { NamedSong, RemoteArtist, RemoteItem, RemoteSong } from '../records.ts';
import { namedOf } from '../songs.ts';
import type { JellyfinServer, Parameters } from './server.ts';

const PAGE = 1000;
const TICKS_PER_MS = 10_000;

const AUDIO: Parameters = { includeItemTypes: 'Audio', recursive: true };
const FIELDS = { fields: 'Genres,ProviderIds,DateCreated', enableImageTypes: 'Primary' };

const artistsIn = (items: unknown): RemoteArtist[] =>
  recordsIn(items).flatMap(({ Name, Id }) => (textIn(Name) === '' ? [] : [{ name: textIn(Name), id: textIn(Id) }]));

/** A song of an item; null when it has no id or name. */
export function songOf(item: Answer): RemoteSong | null {
  const [id, title] = [textIn(item.Id), textIn(item.Name)];
  if (id === '' || title.trim() === '') return null;
  const performers = artistsIn(item.ArtistItems);
  const albumArtists = artistsIn(item.AlbumArtists);
  const ticks = numberOf(item.RunTimeTicks);
  const genres = Array.isArray(item.Genres) ? item.Genres.map(textIn).filter(Boolean) : [];
  const user = recordOf(item.UserData);
  const playCount = numberOf(user?.PlayCount);
  const ownCover = recordOf(item.ImageTags)?.Primary !== undefined;
  const albumId = textIn(item.AlbumId) || undefined;
  return withoutGaps<RemoteSong>({
    id,
    title,
    artists: performers.length > 0 ? performers : albumArtists,
    album: textIn(item.Album) || undefined,
    albumId,
    ...(albumArtists.length > 0 && { albumArtists }),
    durationMs: ticks === undefined || ticks <= 0 ? undefined : Math.round(ticks / TICKS_PER_MS),
    year: numberOf(item.ProductionYear),
    ...(genres.length > 0 && { genres }),
    // `MusicBrainzTrack` is the track of a release, not the recording.
    mbid: textIn(recordOf(item.ProviderIds)?.MusicBrainzRecording) || undefined,
    trackGain: numberOf(item.NormalizationGain),
    cover: ownCover ? id : textIn(item.AlbumPrimaryImageTag) === '' ? undefined : albumId,
    playCount: playCount === undefined || playCount === 0 ? undefined : playCount,
    lastPlayedAt: secondsOf(user?.LastPlayedDate),
    addedAt: secondsOf(item.DateCreated),
  });
}

/** Songs in the order they were added, so that new ones come last. */
const readItems = (
  server: JellyfinServer,
  choice: Parameters,
  from: string | null,
  itemOf: (song: RemoteSong) => RemoteItem,
  signal?: AbortSignal,
): AsyncGenerator<Page> =>
  readInPieces(async (startIndex) => {
    const sorted = { sortBy: 'DateCreated,SortName', sortOrder: 'Ascending', startIndex, limit: PAGE };
    const { items, total } = await server.items({ ...AUDIO, ...FIELDS, ...choice, ...sorted }, signal);
    const songs = items.flatMap((item) => songOf(item) ?? []);
    return { items: songs.map(itemOf), count: items.length, total };
  }, from);

export const readSongs = (server: JellyfinServer, from: string | null, signal?: AbortSignal): AsyncGenerator<Page> =>
  readItems(server, {}, from, (song) => ({ kind: 'song', song }), signal);

export const readFavourites = (
  server: JellyfinServer,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> =>
  readItems(
    server,
    { filters: 'IsFavorite' },
    from,
    (song) => ({ kind: 'like', songId: song.id, song: namedOf(song), liked: true }),
    signal,
  );

/** The playlists that hold music, without their songs. */
export async function playlistsOf(
  server: JellyfinServer,
  signal?: AbortSignal,
): Promise<{ id: string; name: string }[]> {
  const { items } = await server.items({ includeItemTypes: 'Playlist', recursive: true }, signal);
  return items.flatMap(({ Id, Name, MediaType }) =>
    MediaType === undefined || MediaType === 'Audio' || MediaType === 'Unknown'
      ? [{ id: textIn(Id), name: textIn(Name) }]
      : [],
  );
}

/** The songs of a playlist in order. @throws SegueError NOT_FOUND */
export async function playlistSongs(server: JellyfinServer, id: string, signal?: AbortSignal): Promise<RemoteSong[]> {
  const songs: RemoteSong[] = [];
  for (let start = 0; ; ) {
    const path = `/Playlists/${encodeURIComponent(id)}/Items`;
    const { items, total } = await server.items({ startIndex: start, limit: PAGE }, signal, path);
    songs.push(...items.flatMap((item) => songOf(item) ?? []));
    start += items.length;
    if (items.length === 0 || start >= total) return songs;
  }
}

/** All playlists, a page each: the server does not say reliably when one has changed. @param from JSON of those that an unfinished reading has met */
export async function* readPlaylists(
  server: JellyfinServer,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const met = new Set<string>(from ? (JSON.parse(from) as string[]) : []);
  const lists = await playlistsOf(server, signal);
  let done = 0;
  for (const { id, name } of lists) {
    done++;
    if (met.has(id)) continue;
    const songs = await playlistSongs(server, id, signal);
    const playlist = {
      id,
      name,
      songIds: songs.map((song) => song.id),
      songs: songs.map((song): NamedSong => namedOf(song)),
    };
    met.add(id);
    yield { items: [{ kind: 'playlist', playlist }], cursor: JSON.stringify([...met]), done, total: lists.length };
  }
  yield { items: [], cursor: '', done, total: lists.length, complete: true };
}
