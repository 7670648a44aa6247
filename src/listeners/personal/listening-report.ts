import type { Dataset } from '../../dataset/dataset.ts';
import { genreNames } from '../../recommend/describe.ts';
import { findTrack } from '../../recommend/track-id.ts';
import { Pace } from '../pace.ts';
import type { Play } from '../plays.ts';
import type { ListenerRepository } from '../repository.ts';
import { WallClock } from './wall-clock.ts';

const TOP = 10;
const TOP_OF_YEAR = 3;

export interface Counted {
  readonly name: string;
  readonly plays: number;
}

export interface ReportYear {
  readonly year: number;
  readonly plays: number;
  readonly listenedMs: number;
  /** Songs and artists heard for the first time. */
  readonly newSongs: number;
  readonly newArtists: number;
  readonly artists: readonly Counted[];
  readonly genres: readonly Counted[];
  /** Where the year's songs lie on the taste map: the mean of its plays, and how far they spread; null without a map or known songs. */
  readonly taste: { readonly x: number; readonly y: number; readonly spread: number } | null;
}

/** A listener's history to be looked at. Skips count nowhere; years and hours are those of the listener's time zone. */
export interface ListeningReport {
  readonly timeZone: string;
  readonly plays: number;
  readonly listenedMs: number;
  readonly songs: number;
  readonly years: readonly ReportYear[];
  /** Plays by hour of the day, 24 of them, and by day of the week, Monday first. */
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly artists: readonly Counted[];
  readonly genres: readonly Counted[];
  readonly topSongs: readonly (Counted & { readonly song: string; readonly artists: readonly string[] })[];
}

/** Tells where a track lies on the map; null when it lies nowhere. */
export type Place = (track: number) => { x: number; y: number } | null;

interface Song {
  readonly title: string;
  readonly artists: readonly string[];
  readonly genres: readonly string[];
  /** On the taste map. */
  readonly at: { readonly x: number; readonly y: number } | null;
  plays: number;
}

interface Year {
  plays: number;
  listenedMs: number;
  newSongs: number;
  newArtists: number;
  /** Plays of each song. */
  readonly songs: Map<Song, number>;
  taste: { n: number; x: number; y: number; squares: number };
}

/** Goes through the history once, in the order of time. @param place of a track on the taste map @throws SegueError NOT_FOUND */
export async function listeningReport(
  repository: ListenerRepository,
  listener: string,
  dataset: Dataset,
  place: Place = () => null,
): Promise<ListeningReport> {
  const { timeZone } = await repository.settings.get(listener);
  const clock = new WallClock(timeZone);
  const years = new Map<number, Year>();
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  const songs = new Map<string, Song>();
  const known = new Set<string>();
  const total = { plays: 0, listenedMs: 0 };
  const pace = new Pace();
  for await (const batch of repository.plays.inOrder(listener))
    for (const play of batch) {
      if (pace.due) await pace.rest();
      if (play.skipped) continue;
      const { year, weekday, hour } = clock.read(play.at);
      let own = years.get(year);
      if (!own) years.set(year, (own = emptyYear()));
      let song = songs.get(play.song);
      if (!song) {
        songs.set(play.song, (song = songOf(play, dataset, place)));
        own.newSongs++;
        for (const artist of song.artists) if (!known.has(artist)) own.newArtists++;
        for (const artist of song.artists) known.add(artist);
      }
      song.plays++;
      own.songs.set(song, (own.songs.get(song) ?? 0) + 1);
      for (const counts of [own, total]) {
        counts.plays++;
        counts.listenedMs += play.msPlayed ?? 0;
      }
      hours[hour]!++;
      weekdays[weekday]!++;
      if (song.at) {
        own.taste.n++;
        own.taste.x += song.at.x;
        own.taste.y += song.at.y;
        own.taste.squares += song.at.x ** 2 + song.at.y ** 2;
      }
    }
  const artists = new Map<string, number>();
  const genres = new Map<string, number>();
  const inOrder: ReportYear[] = [];
  for (const [year, own] of [...years].sort(([a], [b]) => a - b)) {
    const [ofYear, genresOfYear] = [new Map<string, number>(), new Map<string, number>()];
    for (const [song, plays] of own.songs) {
      if (pace.due) await pace.rest();
      for (const counts of [ofYear, artists]) add(counts, song.artists, plays);
      for (const counts of [genresOfYear, genres]) add(counts, song.genres, plays);
    }
    inOrder.push({
      year,
      plays: own.plays,
      listenedMs: own.listenedMs,
      newSongs: own.newSongs,
      newArtists: own.newArtists,
      artists: most(ofYear, TOP_OF_YEAR),
      genres: most(genresOfYear, TOP_OF_YEAR),
      taste: tasteOf(own.taste),
    });
  }
  await pace.rest();
  return {
    timeZone,
    ...total,
    songs: songs.size,
    years: inOrder,
    hours,
    weekdays,
    artists: most(artists, TOP),
    genres: most(genres, TOP),
    topSongs: [...songs]
      .sort((a, b) => b[1].plays - a[1].plays || (a[0] < b[0] ? -1 : 1))
      .slice(0, TOP)
      .map(([song, { title, plays, artists: by }]) => ({ song, name: title, plays, artists: by })),
  };
}

function songOf({ song, title, artists }: Play, dataset: Dataset, place: Place): Song {
  const track = findTrack(dataset.tracks.vocabulary, song);
  const known = track >= 0;
  return { title, artists, genres: known ? genreNames(dataset, track) : [], at: known ? place(track) : null, plays: 0 };
}

function add(counts: Map<string, number>, names: readonly string[], plays: number): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + plays);
}

const emptyYear = (): Year => ({
  plays: 0,
  listenedMs: 0,
  newSongs: 0,
  newArtists: 0,
  songs: new Map(),
  taste: { n: 0, x: 0, y: 0, squares: 0 },
});

function tasteOf({ n, x, y, squares }: Year['taste']): ReportYear['taste'] {
  if (n === 0) return null;
  const [meanX, meanY] = [x / n, y / n];
  return { x: meanX, y: meanY, spread: Math.sqrt(Math.max(0, squares / n - meanX ** 2 - meanY ** 2)) };
}

const most = (counts: ReadonlyMap<string, number>, n: number): Counted[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, n)
    .map(([name, plays]) => ({ name, plays }));
