import type { Dataset } from '../../dataset/dataset.ts';
import { genreNames } from '../../recommend/describe.ts';
import { findTrack } from '../../recommend/track-id.ts';
import { Pace } from '../pace.ts';
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

interface Year {
  plays: number;
  listenedMs: number;
  newSongs: number;
  newArtists: number;
  artists: Map<string, number>;
  genres: Map<string, number>;
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
  const artists = new Map<string, number>();
  const genres = new Map<string, number>();
  const songs = new Map<
    string,
    { plays: number; title: string; artists: readonly string[]; genres: string[]; track: number }
  >();
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
        const track = findTrack(dataset.tracks.vocabulary, play.song);
        song = {
          plays: 0,
          title: play.title,
          artists: play.artists,
          genres: track < 0 ? [] : genreNames(dataset, track),
          track,
        };
        songs.set(play.song, song);
        own.newSongs++;
        for (const artist of song.artists) if (!artists.has(artist)) own.newArtists++;
      }
      song.plays++;
      for (const counts of [own, total]) {
        counts.plays++;
        counts.listenedMs += play.msPlayed ?? 0;
      }
      hours[hour]!++;
      weekdays[weekday]!++;
      for (const [into, all, names] of [
        [own.artists, artists, song.artists],
        [own.genres, genres, song.genres],
      ] as const)
        for (const name of names) {
          into.set(name, (into.get(name) ?? 0) + 1);
          all.set(name, (all.get(name) ?? 0) + 1);
        }
      const at = song.track < 0 ? null : place(song.track);
      if (at) {
        own.taste.n++;
        own.taste.x += at.x;
        own.taste.y += at.y;
        own.taste.squares += at.x ** 2 + at.y ** 2;
      }
    }
  const inOrder: ReportYear[] = [];
  for (const [year, own] of [...years].sort(([a], [b]) => a - b)) {
    if (pace.due) await pace.rest();
    inOrder.push({
      year,
      plays: own.plays,
      listenedMs: own.listenedMs,
      newSongs: own.newSongs,
      newArtists: own.newArtists,
      artists: most(own.artists, TOP_OF_YEAR),
      genres: most(own.genres, TOP_OF_YEAR),
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

const emptyYear = (): Year => ({
  plays: 0,
  listenedMs: 0,
  newSongs: 0,
  newArtists: 0,
  artists: new Map(),
  genres: new Map(),
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
