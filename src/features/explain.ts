import { AUDIO_AXES, AUDIO_STRIDE, type SoundFeature } from './audio-components.ts';
import type { BlockWeights } from './blocks.ts';
import type { ContentQuery } from './content-query.ts';
import { genreWords } from './genre-words.ts';
import { aboutPhrase, measuredPhrase, soundsLikePhrase } from './measured-words.ts';
import type { SoundPart } from './seed-parts.ts';
import { joined, keyPhrase, LEVELS, metrePhrase, tempoPhrase } from './sound-words.ts';

/** Evidence in the form of the models' reasons. */
export interface ContentReason {
  kind: 'genres' | 'audio' | 'era' | 'popularity' | 'lyrics';
  /** Share of the score that it contributed, 0–1. */
  share: number;
  text: string;
}

/** A feature is named when it contributed at least this share of its block's cosine. */
const WORTH_NAMING = 0.08;
const MOST_NAMED = 4;

/**
 * Explains why `track` is close to the query: the blocks by their contribution to the weighted mean and, within them, the genres and features by
 * their products in the cosine. Mentions only what raised the score.
 */
export function explainContent(
  query: ContentQuery,
  seeds: Int32Array,
  track: number,
  weights: BlockWeights,
): ContentReason[] {
  const sound = weights.audio * (query.soundCosine(query.audio, track) || 0);
  const mood = weights.mood * (query.soundCosine(query.mood, track) || 0);
  const era = weights.era * (query.eraCosine(track) || 0);
  const popularity = weights.popularity * (query.popularityCosine(track) || 0);
  const genre = weights.genre * (query.genreCosine(track) || 0);
  const measured = weights.sound * (query.measuredCosine(track) || 0);
  const heard = weights.embedding * (query.heardCosine(track) || 0);
  const lyrics = weights.lyrics * (query.lyricsCosine(track) || 0);
  const total = sound + mood + era + popularity + genre + measured + heard + lyrics;
  if (!(total > 0)) return [];
  const reasons: ContentReason[] = [];
  const add = (kind: ContentReason['kind'], part: number, text: () => string): void => {
    if (part <= 0) return;
    const words = text();
    if (words !== '') reasons.push({ kind, share: Math.min(1, part / total), text: words });
  };
  add('genres', genre, () => genreText(sharedGenres(query, track), seeds.length));
  add('audio', Math.max(0, sound + mood) + Math.max(0, measured) + Math.max(0, heard), () =>
    [
      sound + mood > 0 ? soundText(query, seeds, track, sound, mood) : '',
      measured > 0 ? measuredPhrase(query.space.measured!, query.space.dataset, query.measured!, track) : '',
      heard > 0 ? soundsLikePhrase(query.space.heard!.shared(query.space.dataset, seeds, track)) : '',
    ]
      .filter((text) => text !== '')
      .join('; '),
  );
  add('lyrics', lyrics, () => aboutPhrase(query.space.lyrics!.shared(query.space.dataset, seeds, track)));
  add('era', era, () => eraText(query, seeds, track));
  add('popularity', popularity, () => popularityText(query, track));
  return reasons.sort((a, b) => b.share - a.share);
}

/** "Neo soul and soul, like your songs"; '' without genres. */
export function genreText(genres: readonly string[], seeds: number): string {
  if (genres.length === 0) return '';
  const words = joined(genres.slice(0, 2).map(genreWords));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, like your ${seeds === 1 ? 'song' : 'songs'}`;
}

/** The genres behind the cosine, by their products, largest first. */
export function sharedGenres(query: ContentQuery, track: number): string[] {
  const { rows, profileOf } = query.space.genres;
  const profile = profileOf[track]!;
  if (profile < 0 || !query.genre) return [];
  const products: { genre: number; product: number }[] = [];
  for (let e = rows.ptr[profile]!; e < rows.ptr[profile + 1]!; e++) {
    const genre = rows.idx[e]!;
    const product = rows.values![e]! * query.genre[genre]!;
    if (product > 0) products.push({ genre, product });
  }
  products.sort((a, b) => b.product - a.product || a.genre - b.genre);
  return products.slice(0, 3).map(({ genre }) => query.space.dataset.genres.id(genre));
}

/** Contribution of each feature to the cosine of a sound block. */
export function soundContributions(query: ContentQuery, part: SoundPart, track: number): Map<SoundFeature, number> {
  const { audio } = query.space;
  const row = track * AUDIO_STRIDE;
  let squared = 0;
  for (let a = 0; a < AUDIO_STRIDE; a++) squared += part.axisWeights[a]! * audio[row + a]! ** 2;
  const out = new Map<SoundFeature, number>();
  if (squared === 0) return out;
  const scale = 1 / Math.sqrt(squared);
  for (let a = 0; a < AUDIO_AXES.length; a++) {
    const feature = AUDIO_AXES[a]!;
    out.set(feature, (out.get(feature) ?? 0) + part.direction[a]! * audio[row + a]! * scale);
  }
  return out;
}

function soundText(query: ContentQuery, seeds: Int32Array, track: number, sound: number, mood: number): string {
  const sums = new Map<SoundFeature, number>();
  for (const [part, brought] of [
    [query.audio, sound],
    [query.mood, mood],
  ] as const) {
    if (!part || brought === 0) continue;
    const cosine = query.soundCosine(part, track);
    for (const [feature, value] of soundContributions(query, part, track))
      sums.set(feature, (sums.get(feature) ?? 0) + (value / cosine) * brought);
  }
  return soundPhrases(query, seeds, track, sums);
}

/** Phrases for the features whose share of the sum is worth naming. */
export function soundPhrases(
  query: ContentQuery,
  seeds: Int32Array,
  track: number,
  contributions: ReadonlyMap<SoundFeature, number>,
): string {
  const total = [...contributions.values()].reduce((a, b) => a + b, 0);
  const ranked = [...contributions]
    .filter(([, value]) => value > 0 && value >= WORTH_NAMING * total)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_NAMED);
  const { dataset, audio } = query.space;
  const phrases: string[] = [];
  const levels: string[] = [];
  for (const [feature] of ranked) {
    const level = LEVELS[feature];
    if (feature === 'tempo') phrases.push(tempoPhrase(dataset, seeds, track));
    else if (feature === 'key') phrases.push(keyPhrase(dataset, seeds, track));
    else if (feature === 'timeSignature') phrases.push(metrePhrase(dataset, track));
    else if (feature === 'duration') phrases.push('similar length');
    else if (level) levels.push(level[audio[track * AUDIO_STRIDE + AUDIO_AXES.indexOf(feature)]! < 0 ? 0 : 1]);
  }
  if (levels.length > 0) phrases.push(`${seeds.length === 1 ? 'both' : 'all'} ${joined(levels)}`);
  return phrases.join('; ');
}

export function eraText(query: ContentQuery, seeds: Int32Array, track: number): string {
  const { year } = query.space.dataset.tracks;
  const own = year[track]!;
  let closest = -1;
  for (const seed of seeds) {
    const other = year[seed]!;
    if (other >= 0 && (closest < 0 || Math.abs(other - own) < Math.abs(closest - own))) closest = other;
  }
  const decade = Math.floor(own / 10) * 10;
  if (closest === own) return `from the same year, ${own}`;
  if (Math.floor(closest / 10) * 10 === decade) return `from the same decade, the ${decade}s`;
  const years = Math.abs(closest - own);
  return years <= 10 ? `released within ${years} years` : 'from a similar era';
}

function popularityText(query: ContentQuery, track: number): string {
  const own = query.space.dataset.tracks.popularity[track]!;
  const artist = query.space.artistPopularity[track]!;
  const tracks = query.trackPopularity && own >= 0 ? query.trackPopularity[own]! : 0;
  const artists = query.artistPopularity && artist >= 0 ? query.artistPopularity[artist]! : 0;
  return tracks >= artists ? `similarly popular (${own} of 100)` : `by a similarly popular artist (${artist} of 100)`;
}
