import { numberOf, recordOf, secondsOf, textIn, withoutGaps } from '../answers.ts';
import type { RemoteArtist, RemoteSong } from '../records.ts';
import { listOf } from './protocol.ts';

type Child = Readonly<Record<string, unknown>>;

/** OpenSubsonic's "empty or 0 when unknown" as absent. */
const positive = (value: unknown): number | undefined => {
  const number = numberOf(value);
  return number !== undefined && number > 0 ? number : undefined;
};
const some = (value: unknown): string | undefined => {
  const text = textIn(value).trim();
  return text === '' ? undefined : text;
};
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).flatMap((v) => some(v) ?? []);

/** A song as Subsonic and OpenSubsonic servers describe it; null without an id or for a folder. */
export function songOf(child: Child): RemoteSong | null {
  const id = some(child.id);
  if (id === undefined || child.isDir === true) return null;
  const seconds = positive(child.duration);
  const genres = listOf(child, 'genres').flatMap((g) => some(g.name) ?? []);
  const genre = some(child.genre);
  const gain = numberOf(recordOf(child.replayGain)?.trackGain);
  return withoutGaps({
    id,
    title: some(child.title) ?? '',
    artists: artistsOf(child, 'artists', some(child.displayArtist) ?? some(child.artist), some(child.artistId)),
    album: some(child.album),
    albumId: some(child.albumId),
    albumArtists:
      listOf(child, 'albumArtists').length > 0 ? artistsOf(child, 'albumArtists', undefined, undefined) : undefined,
    durationMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    year: positive(child.year),
    genres: genres.length > 0 ? genres : genre === undefined ? undefined : [genre],
    moods: texts(child.moods).length > 0 ? texts(child.moods) : undefined,
    bpm: positive(child.bpm),
    isrc: texts(child.isrc).length > 0 ? texts(child.isrc) : undefined,
    mbid: some(child.musicBrainzId),
    trackGain: gain,
    explicit: child.explicitStatus === 'explicit' ? true : child.explicitStatus === 'clean' ? false : undefined,
    cover: some(child.coverArt),
    path: some(child.path),
    playCount: positive(child.playCount),
    lastPlayedAt: secondsOf(child.played),
    addedAt: secondsOf(child.created),
  });
}

function artistsOf(child: Child, key: string, name: string | undefined, id: string | undefined): RemoteArtist[] {
  const listed = listOf(child, key).flatMap((artist): RemoteArtist[] => {
    const listedName = some(artist.name);
    return listedName === undefined
      ? []
      : [withoutGaps({ name: listedName, id: some(artist.id), mbid: some(artist.musicBrainzId) })];
  });
  if (listed.length > 0 || name === undefined) return listed;
  return [withoutGaps({ name, id })];
}

export const ratingOf = (child: Child): number | undefined => positive(child.userRating);
