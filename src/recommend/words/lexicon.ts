import type { AudioFeature } from '../../dataset/audio-features.ts';

/** Inclusive bounds of one audio feature, in its own unit. */
export interface FeatureBound {
  readonly feature: AudioFeature;
  readonly from?: number;
  readonly to?: number;
}

const bound = (feature: AudioFeature, from?: number, to?: number): FeatureBound => ({
  feature,
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

const MOODS: readonly (readonly [words: string, bounds: readonly FeatureBound[]])[] = [
  ['energetic intense powerful pumping aggressive heavy heavier loud louder hype', [bound('energy', 0.65)]],
  [
    'calm calmer chill chilled chillout mellow relaxing relaxed relax peaceful quiet quieter soft softer soothing gentle',
    [bound('energy', undefined, 0.5)],
  ],
  ['sleepy sleep sleeping bedtime lullaby meditation', [bound('energy', undefined, 0.35)]],
  ['happy happier cheerful joyful sunny uplifting feelgood positive fun', [bound('valence', 0.5)]],
  ['sad sadder melancholic melancholy gloomy heartbroken depressing blue crying', [bound('valence', undefined, 0.4)]],
  ['dark darker moody brooding angry', [bound('valence', undefined, 0.5)]],
  ['upbeat', [bound('energy', 0.55), bound('valence', 0.45)]],
  ['danceable dancing groovy party', [bound('danceability', 0.6)]],
  ['acoustic unplugged', [bound('acousticness', 0.5)]],
  ['instrumental', [bound('instrumentalness', 0.5)]],
  ['workout gym', [bound('energy', 0.65)]],
  ['running jogging cardio', [bound('tempo', 115)]],
  ['fast faster quick quicker uptempo', [bound('tempo', 120)]],
  ['midtempo', [bound('tempo', 90, 120)]],
  ['slow slower slowly downtempo', [bound('tempo', undefined, 100)]],
  ['studying study concentration', [bound('energy', undefined, 0.6), bound('speechiness', undefined, 0.2)]],
];

/** Moods and occasions as bounds of audio features. */
export const MOOD_BOUNDS: ReadonlyMap<string, readonly FeatureBound[]> = new Map(
  MOODS.flatMap(([words, bounds]) => words.split(' ').map((word) => [word, bounds] as const)),
);

/** Words for a song's popularity, as bounds on it, 0–100. */
export const FAME: ReadonlyMap<string, { readonly from?: number; readonly to?: number }> = new Map<
  string,
  { readonly from?: number; readonly to?: number }
>([
  ...['hits', 'famous', 'popular'].map((word) => [word, { from: 55 }] as const),
  ...['obscure', 'underground', 'unknown', 'rare'].map((word) => [word, { to: 40 }] as const),
]);

/** Names of decades. */
export const DECADES: ReadonlyMap<string, number> = new Map([
  ['twenties', 1920],
  ['thirties', 1930],
  ['forties', 1940],
  ['fifties', 1950],
  ['sixties', 1960],
  ['seventies', 1970],
  ['eighties', 1980],
  ['nineties', 1990],
  ['noughties', 2000],
]);

/** Words that negate what follows. */
export const NEGATIONS: ReadonlySet<string> = new Set([
  'no',
  'not',
  'without',
  'except',
  'excluding',
  'non',
  'never',
  'ohne',
]);

/** Words that introduce an artist: only songs of the artist, or songs like the artist's. */
export const BY: ReadonlySet<string> = new Set(['by']);
export const LIKE: ReadonlySet<string> = new Set(['like', 'similar', 'resembling', 'wie', 'como']);

/** Filler words, including German and Spanish ones. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'a an and any are artist artists as at band bands best but find for from get give i in is it kind list me mix music my need new of on or ' +
    'playlist please really some something song songs sound sounding sounds stuff that the their to too track tracks tune tunes very want with ' +
    'fur jahre lieder mit musik und zum zur canciones con de del el la las los musica para y'
  ).split(' '),
);
