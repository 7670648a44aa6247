import type { Dataset } from '../../src/dataset/dataset.ts';
import { normaliseName } from '../../src/dataset/normalise.ts';
import type { Rng } from '../../src/math/rng.ts';
import { artistNames } from '../../src/recommend/describe.ts';
import { plainTitle } from '../../src/recommend/search/song-text.ts';
import type { SongName } from '../../src/sources/personal/rows.ts';

/** A song as named by another service or an old tag, with its true identity. */
export interface DamagedPlay {
  song: SongName;
  /** The intended track, −1 when the catalogue lacks the song. */
  track: number;
  /** Kind of damage. */
  damage: string;
}

interface Name {
  title: string;
  artist: string;
}

type Damage = (name: Name, rng: Rng, dataset: Dataset) => Name;

const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.below(values.length)]!;
const GUESTS = ['Nova Reyes', 'DJ Marlow', 'Young Ester', 'The Oaks', 'Zoë Blanc'];

/** Leaves out, doubles, replaces or swaps a letter; never the first. Short names are unchanged. */
function typo(text: string, rng: Rng): string {
  if (text.replace(/[^\p{L}]/gu, '').length < 6) return text;
  for (let attempt = 0; attempt < 20; attempt++) {
    const at = 1 + rng.below(text.length - 2);
    // People mistype letters; a wrong digit would be another song.
    if (!/\p{L}/u.test(text[at]!) || !/\p{L}/u.test(text[at + 1]!) || !/\p{L}/u.test(text[at - 1]!)) continue;
    switch (rng.below(4)) {
      case 0:
        return text.slice(0, at) + text.slice(at + 1);
      case 1:
        return text.slice(0, at) + text[at] + text.slice(at);
      case 2:
        return text.slice(0, at) + pick([...'etaoinshr'], rng) + text.slice(at + 1);
      default:
        return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
    }
  }
  return text;
}

/** Ways in which names differ between services, with their frequencies. */
const DAMAGES: readonly (readonly [string, number, Damage])[] = [
  ['none', 40, (name) => name],
  [
    'edition added',
    14,
    ({ title, artist }, rng) => ({
      title:
        title +
        pick(
          [
            ' - 2011 Remaster',
            ' (Remastered)',
            ' - Remastered 2009',
            ' - Single Version',
            ' (Deluxe Edition)',
            ' - Radio Edit',
            ' [Explicit]',
            ' (2015 Remastered Version)',
            ' - Mono',
          ],
          rng,
        ),
      artist,
    }),
  ],
  ['edition dropped', 8, ({ title, artist }) => ({ title: plainTitle(title), artist })],
  [
    'guest in the title',
    8,
    ({ title, artist }, rng) => ({
      title: `${title}${pick([' (feat. ', ' [ft. ', ' (with '], rng)}${pick(GUESTS, rng)}`.replace(
        /([([])([^)\]]*)$/,
        (_, open: string, rest: string) => `${open}${rest}${open === '(' ? ')' : ']'}`,
      ),
      artist,
    }),
  ],
  [
    'guest with the artist',
    7,
    ({ title, artist }, rng) => ({
      title,
      artist: artist + pick([' feat. ', ' & ', ', ', ' ft. ', '; '], rng) + pick(GUESTS, rng),
    }),
  ],
  ['lower case', 4, ({ title, artist }) => ({ title: title.toLowerCase(), artist: artist.toLowerCase() })],
  ['capitals', 2, ({ title, artist }) => ({ title: title.toUpperCase(), artist })],
  ['accents dropped', 5, ({ title, artist }) => ({ title: bare(title), artist: bare(artist) })],
  [
    'typographic signs',
    4,
    ({ title, artist }) => ({
      title: title.replaceAll("'", '’').replaceAll('...', '…').replaceAll('"', '”'),
      artist: artist.replaceAll("'", '’'),
    }),
  ],
  [
    'signs dropped',
    4,
    ({ title, artist }) => ({ title: title.replace(/['’.,!?]/g, ''), artist: artist.replace(/['’.,]/g, '') }),
  ],
  [
    '"The" changed',
    5,
    ({ title, artist }, rng) => ({
      title,
      artist: /^the /i.test(artist)
        ? rng.uniform() < 0.5
          ? artist.slice(4)
          : `${artist.slice(4)}, The`
        : `The ${artist}`,
    }),
  ],
  [
    '"and" changed',
    3,
    ({ title, artist }) => ({
      title: title.includes(' & ') ? title.replaceAll(' & ', ' and ') : title.replace(/ and /gi, ' & '),
      artist: artist.includes(' & ') ? artist.replaceAll(' & ', ' and ') : artist.replace(/ and /gi, ' & '),
    }),
  ],
  ['typo in the title', 2, ({ title, artist }, rng) => ({ title: typo(title, rng), artist })],
  ['typo in the artist', 2, ({ title, artist }, rng) => ({ title, artist: typo(artist, rng) })],
];
const TOTAL = DAMAGES.reduce((sum, [, weight]) => sum + weight, 0);

const bare = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '');

function damageOf(rng: Rng): (typeof DAMAGES)[number] {
  let left = rng.uniform() * TOTAL;
  for (const damage of DAMAGES) {
    left -= damage[1];
    if (left < 0) return damage;
  }
  return DAMAGES[0]!;
}

/** Share of plays that name songs missing from the catalogue. */
const ABSENT = 0.15;
/** Share with two kinds of damage. */
const TWICE = 0.15;

/** Plays of a catalogue's songs by name only, popular ones more often, with realistic damage; some are of songs that it lacks. */
export function damagedPlays(dataset: Dataset, count: number, rng: Rng): DamagedPlay[] {
  const byArtist = titlesByArtist(dataset);
  const plays: DamagedPlay[] = [];
  while (plays.length < count) {
    const track = rng.below(dataset.tracks.count);
    const title = dataset.tracks.names.get(track);
    const artist = artistNames(dataset, track)[0] ?? '';
    if (title.trim() === '' || artist === '') continue;
    if (rng.uniform() < ABSENT) {
      const absent = absentSong(dataset, { title, artist }, byArtist, rng);
      if (absent) plays.push(absent);
      continue;
    }
    let name: Name = { title, artist };
    const first = damageOf(rng);
    name = first[2](name, rng, dataset);
    let damage = first[0];
    if (rng.uniform() < TWICE) {
      const second = damageOf(rng);
      name = second[2](name, rng, dataset);
      damage += `, ${second[0]}`;
    }
    plays.push({ song: { title: name.title, artists: [name.artist] }, track, damage });
  }
  return plays;
}

/** Songs that resemble ones of the catalogue but are not in it. */
function absentSong(
  dataset: Dataset,
  { title, artist }: Name,
  byArtist: ReadonlyMap<string, ReadonlySet<string>>,
  rng: Rng,
): DamagedPlay | null {
  const other = rng.below(dataset.tracks.count);
  const otherArtist = artistNames(dataset, other)[0] ?? '';
  const [song, damage]: [Name, string] = pick<() => [Name, string]>(
    [
      () => [{ title, artist: otherArtist }, 'title by another artist'],
      () => [
        {
          title: `${pick(['Quartz', 'Velvet', 'Ostrich', 'Umbrella'], rng)} ${pick(['Parade', 'Lexicon', 'Monsoon', 'Zeppelin'], rng)} ${rng.below(90) + 10}`,
          artist,
        },
        'unknown title',
      ],
      () => [{ title: `${plainTitle(title)}, Pt. ${rng.below(7) + 13}`, artist }, 'another part'],
      () => [{ title: `${title} (Karaoke Version)`, artist: 'Sing Along Stars' }, 'karaoke by others'],
      () => [{ title, artist: `${pick(['Qu', 'Zw', 'Xy'], rng)}${rng.below(1e6)} Ensemble` }, 'unknown artist'],
    ],
    rng,
  )();
  if (byArtist.get(normaliseName(song.artist))?.has(normaliseName(plainTitle(song.title)))) return null;
  return { song: { title: song.title, artists: [song.artist] }, track: -1, damage };
}

function titlesByArtist(dataset: Dataset): Map<string, Set<string>> {
  const titles = new Map<string, Set<string>>();
  for (let track = 0; track < dataset.tracks.count; track++)
    for (const artist of artistNames(dataset, track)) {
      const key = normaliseName(artist);
      const own = titles.get(key) ?? new Set();
      own.add(normaliseName(plainTitle(dataset.tracks.names.get(track))));
      titles.set(key, own);
    }
  return titles;
}

/** Whether two tracks are the same song: linked by the catalogue, or with the same title and artist, ignoring editions. */
export function sameSong(dataset: Dataset, a: number, b: number): boolean {
  if (a === b || dataset.tracks.song[a] === dataset.tracks.song[b]) return true;
  const plain = (track: number): string => normaliseName(plainTitle(dataset.tracks.names.get(track)));
  const artists = artistNames(dataset, b).map(normaliseName);
  return plain(a) === plain(b) && artistNames(dataset, a).some((name) => artists.includes(normaliseName(name)));
}

export interface MatchQuality {
  /** Share of the plays of catalogue songs that are matched to the right song. */
  recall: number;
  /** Share of the matches that are correct. */
  precision: number;
  /** Errors, by kind of damage, with examples. */
  wrong: Map<string, string[]>;
  missed: Map<string, string[]>;
}

/** @param match the matched track, −1 = none */
export function matchQuality(
  dataset: Dataset,
  plays: readonly DamagedPlay[],
  match: (song: SongName) => number,
): MatchQuality {
  let present = 0;
  let matched = 0;
  let right = 0;
  const [wrong, missed] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { song, track, damage } of plays) {
    const found = match(song);
    const text = (number: number): string =>
      number < 0 ? '(none)' : `${artistNames(dataset, number).join(' + ')} - ${dataset.tracks.names.get(number)}`;
    const note = (into: Map<string, string[]>): void => {
      const examples = into.get(damage) ?? [];
      if (examples.length === 0) into.set(damage, examples);
      examples.push(`${song.artists[0]} - ${song.title} → ${text(found)}, is ${text(track)}`);
    };
    if (track >= 0) present++;
    if (found >= 0) matched++;
    if (found >= 0 && track >= 0 && sameSong(dataset, found, track)) right++;
    else if (found >= 0) note(wrong);
    else if (track >= 0) note(missed);
  }
  return { recall: right / present, precision: right / matched, wrong, missed };
}
