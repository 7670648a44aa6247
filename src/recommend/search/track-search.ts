import type { Dataset } from '../../dataset/dataset.ts';
import { artistNames, artistNumbers } from '../describe.ts';
import { popularityScore } from '../popularity-score.ts';
import { AlbumSearch, type AlbumSearchParts } from './album-search.ts';
import { ArtistSearch, type ArtistSearchParts } from './artist-search.ts';
import { ExactSongs, type Hit } from './exact-songs.ts';
import { type MoodParts, Moods } from './moods.ts';
import { mayHaveVersion, plainTitle, splitSong, titleKey } from './song-text.ts';
import { type TitleParts, TitleTable } from './title-table.ts';
import { TrigramIndex, type TrigramParts } from './trigram-index.ts';
import { TrigramSets } from './trigram-sets.ts';
import { nameTrigrams, searchWords, textTrigrams, trigramsOf } from './trigrams.ts';

/** Candidates compared word by word. */
const SHORTLIST = 80;
/** Most words of a query that are used: a pasted page is not a song. */
const MAX_WORDS = 24;
/** Matches with at least this confidence are accepted without asking. */
export const SURE = 0.72;
/** Bonus for a title equal to the text, apart from the version. */
const SAME_TITLE = 0.5;
/** While typing, matches with less than this in common with the text are dropped. */
const LEAST = 0.4;
/** Weight of popularity among songs with the same title. */
const FAME = 5;
/** Weight of popularity between equals, small compared with any difference in the words. */
const PRIOR = 0.06;

/** 0 … PRIOR, by the number of playlists that hold the track. */
export const trackPrior = (dataset: Dataset): Float32Array => popularityScore(dataset).map((share) => share * PRIOR);

export const pauseForOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface SearchParts {
  readonly index: TrigramParts;
  readonly titles: TitleParts;
  readonly artists: ArtistSearchParts;
  readonly albums: AlbumSearchParts;
  readonly moods: MoodParts;
  /** Popularity of each track, 0 … PRIOR. */
  readonly prior: Float32Array;
}

/** Typo-tolerant search over the names, artists and albums of a catalogue, and the moods found in its playlists' titles. */
export class TrackSearch {
  /** The data that the search was built from, without scratch: threads may share it. */
  readonly parts: SearchParts;
  private readonly dataset: Dataset;
  private readonly index: TrigramIndex;
  /** Exact lookup over the same titles. */
  readonly songs: ExactSongs;
  readonly artists: ArtistSearch;
  readonly albums: AlbumSearch;
  readonly moods: Moods;
  private readonly prior: Float32Array;
  private readonly sets = new TrigramSets();
  /** For each track, whether its title may have a version label; 0 until tested. */
  private readonly versions: Uint8Array;

  /** @param parts built from the same dataset */
  constructor(dataset: Dataset, parts: SearchParts) {
    this.parts = parts;
    this.dataset = dataset;
    this.index = new TrigramIndex(parts.index);
    this.songs = new ExactSongs(dataset, parts.prior, new TitleTable(parts.titles));
    this.artists = new ArtistSearch(dataset, parts.artists);
    this.albums = new AlbumSearch(dataset, parts.albums);
    this.moods = new Moods(parts.moods);
    this.prior = parts.prior;
    this.versions = new Uint8Array(dataset.tracks.count);
  }

  /** Builds the index in small steps, so that a server can answer meanwhile. */
  static async build(dataset: Dataset, pause = pauseForOthers): Promise<TrackSearch> {
    const { tracks, artists: named } = dataset;
    const titles = TitleTable.empty(tracks.count);
    const byArtist: (Int32Array | undefined)[] = new Array(named.count);
    const index = await TrigramIndex.build(
      tracks.count,
      (t, grams) => {
        const name = tracks.names.get(t);
        titles.add(t, titleKey(name));
        nameTrigrams(tracks.names, t, grams);
        for (const a of artistNumbers(dataset, t)) {
          const own = (byArtist[a] ??= Int32Array.from(nameTrigrams(named.names, a)));
          for (let i = 0; i < own.length; i++) grams.push(own[i]!);
        }
      },
      pause,
    );
    const prior = trackPrior(dataset);
    const artists = await ArtistSearch.build(dataset, prior, pause);
    const albums = await AlbumSearch.build(dataset, prior, pause);
    const moods = await Moods.build(dataset.owners.titles, pause);
    return new TrackSearch(dataset, {
      index: index.parts,
      titles: titles.parts,
      artists: artists.parts,
      albums: albums.parts,
      moods: moods.parts,
      prior,
    });
  }

  /**
   * The best matches for a text as typed by a person: words of title and artist in any order, "artist - title" or "title - artist", an unfinished
   * last word, typos. Of several versions of a song only the most popular is returned.
   */
  find(text: string, limit: number, typing = true): Hit[] {
    const words = searchWords(text.slice(0, 1000)).slice(0, MAX_WORDS);
    if (words.length === 0) return [];
    const { items } = this.index.search(words, SHORTLIST, typing, this.prior);
    const asked = askedSong(text, words);
    this.sets.take(asked.sets);
    const known = new Map<number, KnownArtist>();
    const hits: (Hit & { rank: number })[] = [];
    for (const track of items) {
      if (this.dataset.tracks.names.isEmpty(track)) continue;
      const match = this.match(track, asked.sets.length > 1, known);
      const begins = typing ? this.begins(track, asked) : 0;
      if (typing && begins === 0 && match < LEAST) continue;
      const fame = begins === SAME_TITLE ? FAME * this.prior[track]! : 0;
      hits.push({ track, match, rank: match + begins + fame + this.prior[track]! });
    }
    if (typing) this.addArtists(words, limit, hits);
    hits.sort((a, b) => b.rank - a.rank || a.track - b.track);
    return this.oneVersion(hits).slice(0, limit);
  }

  /** Typing an artist's name should also bring up that artist's most popular songs. */
  private addArtists(words: readonly string[], limit: number, hits: (Hit & { rank: number })[]): void {
    for (const { artist, match } of this.artists.find(words, 3, true)) {
      // The exact name gives the same bonus as the beginning of a title, a misspelt one gives none; popularity adds the rest.
      const bonus = match >= 0.9 ? 0.42 : 0;
      for (const track of this.artists.tracksOf(artist, limit))
        if (!this.dataset.tracks.names.isEmpty(track))
          hits.push({ track, match, rank: match + bonus + 2.5 * this.prior[track]! });
    }
  }

  /** How well a track matches the text in `sets`: its trigrams and, if it has two sides, those of each. */
  private match(track: number, sides: boolean, known: Map<number, KnownArtist>): number {
    const { sets } = this;
    const numbers = artistNumbers(this.dataset, track);
    const main = numbers.length === 0 ? NOBODY : this.artist(numbers[0]!, known);
    const several = numbers.length > 1;
    const all = several ? Array.from(numbers, (artist) => this.artist(artist, known).grams).flat() : main.grams;
    const { names } = this.dataset.tracks;
    const title = nameTrigrams(names, track);
    const version = this.mayHaveVersion(track);
    let match = sets.read(title).dice(WHOLE);
    let [songLeft, songRight] = [sets.dice(LEFT), sets.dice(RIGHT)];
    match = Math.max(match, sets.readOn(all).dice(WHOLE));
    if (version || several) {
      match = Math.max(
        match,
        0.99 * sets.read(version ? textTrigrams(plainTitle(names.get(track))) : title).dice(WHOLE),
      );
      songLeft = Math.max(songLeft, 0.99 * sets.dice(LEFT));
      songRight = Math.max(songRight, 0.99 * sets.dice(RIGHT));
      match = Math.max(match, 0.99 * sets.readOn(main.grams).dice(WHOLE));
    }
    if (!sides) return match;
    let { left, right } = main;
    if (several) {
      left = Math.max(left, sets.read(all).dice(LEFT));
      right = Math.max(right, sets.dice(RIGHT));
      for (let i = 1; i < numbers.length; i++) {
        const artist = this.artist(numbers[i]!, known);
        left = Math.max(left, artist.left);
        right = Math.max(right, artist.right);
      }
    }
    return Math.max(match, 0.4 * left + 0.6 * songRight, 0.4 * right + 0.6 * songLeft);
  }

  private mayHaveVersion(track: number): boolean {
    if (this.versions[track] === 0)
      this.versions[track] = mayHaveVersion(this.dataset.tracks.names.get(track)) ? MAY : CANNOT;
    return this.versions[track] === MAY;
  }

  private artist(artist: number, known: Map<number, KnownArtist>): KnownArtist {
    let it = known.get(artist);
    if (!it) {
      const grams = nameTrigrams(this.dataset.artists.names, artist);
      this.sets.read(grams);
      known.set(artist, (it = { grams, left: this.sets.dice(LEFT), right: this.sets.dice(RIGHT) }));
    }
    return it;
  }

  /** While typing: a bonus when the words so far begin the title or the artist. */
  private begins(track: number, asked: AskedSong): number {
    const name = this.dataset.tracks.names.get(track);
    const title = searchWords(name).join(' ');
    if (title === asked.joined || searchWords(plainTitle(name)).join(' ') === asked.joined) return SAME_TITLE;
    if (title.startsWith(asked.joined)) return 0.4;
    const artist = searchWords(artistNames(this.dataset, track)[0] ?? '').join(' ');
    if (artist.startsWith(asked.joined)) return 0.45;
    return `${artist} ${title}`.startsWith(asked.joined) || `${title} ${artist}`.startsWith(asked.joined) ? 0.45 : 0;
  }

  private oneVersion(hits: readonly Hit[]): Hit[] {
    const seen = new Set<number>();
    const out: Hit[] = [];
    for (const { track, match } of hits) {
      const song = this.dataset.tracks.song[track]!;
      if (seen.has(song)) continue;
      seen.add(song);
      out.push({ track, match: Math.min(1, match) });
    }
    return out;
  }
}

/** An artist's trigrams, and their similarity to each side of the text. */
interface KnownArtist {
  grams: number[];
  left: number;
  right: number;
}

const NOBODY: KnownArtist = { grams: [], left: 0, right: 0 };

interface AskedSong {
  joined: string;
  /** Trigrams of the text and, if it has two sides, of each. */
  sets: readonly (readonly number[])[];
}

const [WHOLE, LEFT, RIGHT] = [0, 1, 2];
const [CANNOT, MAY] = [1, 2];

function askedSong(text: string, words: string[]): AskedSong {
  const { artist, title } = splitSong(text.slice(0, 1000));
  const sides = title === '' ? [] : [trigramsOf(searchWords(artist)), trigramsOf(searchWords(title))];
  return { joined: words.join(' '), sets: [trigramsOf(words), ...sides] };
}
