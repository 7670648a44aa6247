import type { Dataset } from '../../dataset/dataset.ts';
import { normaliseName } from '../../dataset/normalise.ts';
import { artistNumbers, genreNumbers } from '../../recommend/describe.ts';
import { HALF_LIFE_DAYS } from '../../recommend/history.ts';
import { findTrack } from '../../recommend/track-id.ts';
import type { Ban } from '../bans.ts';
import { Pace } from '../pace.ts';
import type { ListenerRepository } from '../repository.ts';
import { listedSongs } from './listed-songs.ts';
import { RECENT_DAYS, type Recent, recentOf, type TimedPlay } from './recent.ts';

const DAY = 86_400_000;
/** What a play long ago still counts. */
const LEAST_RECENCY = 0.1;
/** Number of plays that a like counts as. */
const LIKE_PLAYS = 5;
/** With at least this many skips per play, a song is not loved. */
const MOST_SKIPS = 0.5;

/** A song of the listener that the catalogue contains. */
export interface ProfileSong {
  readonly track: number;
  readonly uri: string;
  /** (1 + ln plays) · ½^(age / 180 days), plus likes, minus skips; the largest is 1. */
  readonly love: number;
  /** The same without decay: how much it was ever loved. */
  readonly everLoved: number;
  /** Milliseconds since 1970; null when it was never played. */
  readonly lastAt: number | null;
}

/** A listener's taste, with the track numbers of one dataset. */
export interface Profile {
  /** Loved songs, largest weight first, without disliked and banned ones. */
  readonly songs: readonly ProfileSong[];
  /** URIs of all songs that they ever played, liked or put on a list, last played first. */
  readonly heard: readonly string[];
  readonly recent: Recent;
  readonly disliked: readonly string[];
  readonly bans: readonly Ban[];
  /** The last play, in milliseconds since 1970; null without plays. */
  readonly latest: number | null;
}

/** The listener's taste from plays, skips, likes, dislikes and the bans in force at `now`. Ages count from the last play. */
export async function profileOf(
  repository: ListenerRepository,
  listener: string,
  dataset: Dataset,
  now: number,
): Promise<Profile> {
  const [played, likes, dislikes, bans] = await Promise.all([
    repository.songs.heard(listener),
    repository.opinions.songs(listener, 'like'),
    repository.opinions.songs(listener, 'dislike'),
    repository.bans.active(listener, now),
  ]);
  const listed = await listedSongs(repository, listener);
  const pace = new Pace();
  const liked = new Map(likes.map(({ song, at }) => [song, at]));
  const disliked = new Set(dislikes.map(({ song }) => song));
  let latest: number | null = null;
  for (const { lastAt } of played) if (lastAt !== null && (latest === null || lastAt > latest)) latest = lastAt;
  const isBanned = banTest(dataset, bans);
  const songs: ProfileSong[] = [];
  const firstPlays: TimedPlay[] = [];
  const add = (song: string, plays: number, skips: number, lastAt: number | null, firstAt: number | null): void => {
    const track = findTrack(dataset.tracks.vocabulary, song);
    if (track < 0 || disliked.has(song) || isBanned(track)) return;
    const likedAt = liked.get(song);
    const counted = plays + (likedAt === undefined ? 0 : LIKE_PLAYS) + (listed.get(song) ?? 0) - skips * MOST_SKIPS;
    if (counted <= 0) return;
    const strength = 1 + Math.log(Math.max(1, counted));
    const at = Math.max(lastAt ?? 0, likedAt ?? 0);
    const age = at > 0 && latest !== null ? Math.max(0, latest - at) / DAY : 0;
    const love = strength * Math.max(LEAST_RECENCY, 0.5 ** (age / HALF_LIFE_DAYS));
    songs.push({ track, uri: song, love, everLoved: strength, lastAt });
    if (firstAt !== null) firstPlays.push({ track, at: firstAt });
  };
  for (const { song, plays, skips, firstAt, lastAt } of played) {
    if (pace.due) await pace.rest();
    add(song, plays, skips, lastAt, firstAt);
  }
  const tracks = new Map(songs.map(({ uri, track }) => [uri, track]));
  const recentPlays =
    latest === null
      ? []
      : (await repository.songs.heardSince(listener, latest - RECENT_DAYS * DAY)).flatMap(
          ({ song, at }): TimedPlay[] => {
            const track = tracks.get(song);
            return track === undefined ? [] : [{ track, at }];
          },
        );
  await pace.rest();
  const known = new Set(played.map(({ song }) => song));
  for (const song of liked.keys()) if (!known.has(song)) add(song, 0, 0, null, null);
  for (const song of listed.keys()) if (!known.has(song) && !liked.has(song)) add(song, 0, 0, null, null);
  await pace.rest();
  const most = songs.reduce((max, { love }) => Math.max(max, love), 0) || 1;
  const mostEver = songs.reduce((max, { everLoved }) => Math.max(max, everLoved), 0) || 1;
  const loved = songs
    .map((song) => ({ ...song, love: song.love / most, everLoved: song.everLoved / mostEver }))
    .sort((a, b) => b.love - a.love || a.track - b.track);
  await pace.rest();
  return {
    songs: loved,
    recent: recentOf(recentPlays, firstPlays, latest ?? 0),
    heard: [...new Set([...played.map(({ song }) => song), ...liked.keys(), ...listed.keys()])],
    disliked: [...disliked],
    bans,
    latest,
  };
}

const NAMED = 'artist:';

/** Whether a track, one of its artists or one of its genres is banned. */
function banTest(dataset: Dataset, bans: readonly Ban[]): (track: number) => boolean {
  const songs = new Set<string>();
  const artists = new Set<string>();
  const names = new Set<string>();
  const genres = new Set<string>();
  for (const { kind, target } of bans) {
    if (kind === 'song') songs.add(target);
    else if (kind === 'genre') genres.add(normaliseName(target));
    else if (target.startsWith(NAMED)) names.add(normaliseName(target.slice(NAMED.length)));
    else artists.add(target);
  }
  const { tracks, artists: known, genres: genreIds } = dataset;
  return (track) =>
    (songs.size > 0 && songs.has(tracks.vocabulary.id(track))) ||
    (artists.size + names.size > 0 &&
      artistNumbers(dataset, track).some(
        (a) => artists.has(known.vocabulary.id(a)) || names.has(normaliseName(known.names.get(a))),
      )) ||
    (genres.size > 0 && [...genreNumbers(dataset, track)].some((g) => genres.has(genreIds.id(g))));
}
