import { AUDIO_AXES } from './audio-components.ts';
import { alike, decades, notableWords, phrase, quartiles } from './cluster-names.ts';
import type { DenseRows } from './dense.ts';
import { genreWords } from './genre-words.ts';

/** A heading may state only what at least this share of its songs has. */
const CARRIED = 0.5;
/** Genres at least this many times as common in the section as elsewhere are all distinctive enough; among them the better-known one is used. */
const TELLING = 8;

/**
 * Headings for the sections of a list, from what their songs have in common: the most distinctive genre of at least half of them; otherwise up to two
 * sound words that fit at least half, and the decades when at least half of the years are known. A section whose songs share none of these is named
 * after a seed. All headings differ.
 */
export class SectionNames {
  private readonly rows: DenseRows;
  /** For each genre, its share of the tracks with known genres. */
  private readonly overall: Float64Array;

  constructor(rows: DenseRows) {
    this.rows = rows;
    const { genres, dataset } = rows.space;
    const { ptr, idx } = genres.rows;
    this.overall = new Float64Array(dataset.genres.size);
    let all = 0;
    for (const profile of genres.profileOf) {
      if (profile < 0) continue;
      all++;
      for (let e = ptr[profile]!; e < ptr[profile + 1]!; e++) this.overall[idx[e]!]!++;
    }
    for (let g = 0; g < this.overall.length; g++) this.overall[g]! /= Math.max(1, all);
  }

  /** @param sections the songs of each section @param seeds a seed of each section, as a fallback name */
  name(sections: readonly (readonly number[])[], seeds: readonly number[]): string[] {
    const { names } = this.rows.space.dataset.tracks;
    const taken = new Set<string>();
    return sections.map((tracks, s) => {
      const genres = this.genresOf(tracks);
      const words = this.wordsOf(tracks);
      const candidates = genres.map((genre) => phrase([], [genre]));
      for (const genre of genres)
        for (let a = 1; a <= words.length; a++) candidates.push(phrase(words.slice(0, a), [genre]));
      if (genres.length === 0 && words.length > 0) candidates.push(phrase(words, ['music']));
      const base = candidates.find((candidate) => !taken.has(alike(candidate)));
      if (base === undefined) return `like “${names.get(seeds[s]!)}”`;
      taken.add(alike(base));
      const period = this.periodOf(tracks);
      return period ? `${base}, ${period}` : base;
    });
  }

  /** Genres of at least half of the tracks, most distinctive first. */
  private genresOf(tracks: readonly number[]): string[] {
    const { genres, dataset } = this.rows.space;
    const { ptr, idx } = genres.rows;
    const counts = new Map<number, number>();
    for (const track of tracks) {
      const profile = genres.profileOf[track]!;
      if (profile < 0) continue;
      for (let e = ptr[profile]!; e < ptr[profile + 1]!; e++) counts.set(idx[e]!, (counts.get(idx[e]!) ?? 0) + 1);
    }
    return [...counts]
      .map(([genre, count]) => {
        const share = count / tracks.length;
        return { genre, share, weight: share * Math.log(Math.min(TELLING, share / this.overall[genre]!)) };
      })
      .filter(({ share }) => share >= CARRIED)
      .sort((a, b) => b.weight - a.weight || this.overall[b.genre]! - this.overall[a.genre]! || a.genre - b.genre)
      .map(({ genre }) => genreWords(dataset.genres.id(genre)));
  }

  /** At most two sound words, each of which fits at least half of the tracks individually, widest spread first. */
  private wordsOf(tracks: readonly number[]): string[] {
    const { space, data, dimension } = this.rows;
    const counts = new Map<string, number>();
    for (const track of tracks) {
      if (space.sounds[track] === 0) continue;
      const row = data.subarray(track * dimension, track * dimension + AUDIO_AXES.length);
      for (const word of notableWords(row)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= tracks.length * CARRIED)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 2)
      .map(([word]) => word);
  }

  private periodOf(tracks: readonly number[]): string {
    const { year } = this.rows.space.dataset.tracks;
    const years = tracks.map((track) => year[track]!).filter((value) => value >= 0);
    return years.length >= tracks.length * CARRIED ? decades(quartiles(years)) : '';
  }
}
