import type { Dataset } from '../../dataset/dataset.ts';
import { genreWords } from '../../features/genre-words.ts';
import { genreNumbers } from '../../recommend/describe.ts';
import { stylesOf } from '../../recommend/steps/styles.ts';
import type { ProfileSong } from './profile.ts';

/** One of a listener's tastes. */
export interface TasteGroup {
  /** What its songs share: "Indie folk", "Bebop and cool jazz", "Elton John, Queen and more". Distinct among the groups. */
  readonly name: string;
  /** Name of a mix of it: "Indie folk mix", "Elton John, Queen and more". */
  readonly title: string;
  readonly songs: readonly ProfileSong[];
  /** Share of the weight of all loved songs, 0–1. */
  readonly share: number;
}

/** Most songs considered, the most loved first. */
const MOST_SONGS = 400;
/** Groups with fewer songs, or a smaller share, get no mix. */
const LEAST_SONGS = 4;
/** Share of a group's weight that a genre needs to name the group. */
const TYPICAL = 0.3;
const MORE = ' and more';

/** Groups a listener's loved songs by style (at most eight groups), largest share first, each named after what its songs share. */
export function tasteGroups(dataset: Dataset, songs: readonly ProfileSong[], most: number): TasteGroup[] {
  const loved = songs.slice(0, MOST_SONGS);
  const tracks = Int32Array.from(loved, ({ track }) => track);
  const weights = Float32Array.from(loved, ({ love }) => Math.max(1e-3, love));
  const groups = stylesOf(dataset, tracks, weights)
    .list.filter(({ seeds }) => seeds.length >= LEAST_SONGS)
    .sort((a, b) => b.share - a.share)
    .slice(0, most);
  const taken = new Set<string>();
  return groups.map(({ seeds, share }) => {
    const own = seeds.map((i) => loved[i]!);
    const name =
      namesFor(dataset, own).find((candidate) => !taken.has(candidate)) ?? `Your songs, group ${taken.size + 1}`;
    taken.add(name);
    return { name, title: name.endsWith(MORE) ? name : `${name} mix`, songs: own, share };
  });
}

/** Possible names, most distinctive first. */
function namesFor(dataset: Dataset, songs: readonly ProfileSong[]): string[] {
  const genres = tally(songs, ({ track }) => genreNumbers(dataset, track));
  const artists = tally(songs, ({ track }) => [dataset.mainArtist(track)].filter((artist) => artist >= 0));
  const words = genres.filter(({ part }) => part >= TYPICAL).map(({ key }) => genreWords(dataset.genres.id(key)));
  const stars = artists.slice(0, 2).map(({ key }) => dataset.artists.names.get(key));
  const names: string[] = [];
  if (words.length > 0) names.push(words[0]!, words.slice(0, 2).join(' and '), words.slice(1, 3).join(' and '));
  if (stars.length > 0) names.push(`${stars.join(', ')}${MORE}`);
  return names.filter((name) => name !== '').map((name) => name[0]!.toUpperCase() + name.slice(1));
}

function tally(
  songs: readonly ProfileSong[],
  keysOf: (song: ProfileSong) => Iterable<number>,
): { key: number; part: number }[] {
  const sums = new Map<number, number>();
  let total = 0;
  for (const song of songs) {
    total += song.love;
    for (const key of keysOf(song)) sums.set(key, (sums.get(key) ?? 0) + song.love);
  }
  return [...sums]
    .map(([key, sum]) => ({ key, part: sum / (total || 1) }))
    .sort((a, b) => b.part - a.part || a.key - b.key);
}
