import { SegueError } from '../errors.ts';
import { AUDIO_AXES, AUDIO_STRIDE, MOOD_FEATURES, SOUND_FEATURES, type SoundFeature } from './audio-components.ts';

/** The named parts of the feature space, each with its own cosine, in the order of every array over blocks. */
export const BLOCKS = ['audio', 'mood', 'era', 'popularity', 'genre', 'sound', 'embedding', 'lyrics'] as const;
export type Block = (typeof BLOCKS)[number];
export const AUDIO = 0;
export const MOOD = 1;
export const ERA = 2;
export const POPULARITY = 3;
export const GENRE = 4;
export const SOUND = 5;
export const EMBEDDING = 6;
export const LYRICS = 7;

export const BLOCK_MEANINGS: Readonly<Record<Block, string>> = {
  audio: 'the sound: twelve audio features and the duration',
  mood: 'energy, valence, acousticness and danceability alone',
  era: 'the release year',
  popularity: 'popularity of the track and of its artist',
  genre: 'the genres of its artists',
  sound: 'timbre, rhythm, tempo, key and loudness measured from audio files',
  embedding: 'what a music-tagging network hears in audio files',
  lyrics: 'the words and themes of the lyrics',
};

/** Weight of each block in the score. */
export type BlockWeights = Readonly<Record<Block, number>>;

/** Weights within blocks: of sound features in audio and mood, and of the two popularities in theirs. */
export const FEATURE_NAMES = [...SOUND_FEATURES, 'trackPopularity', 'artistPopularity'] as const;
export type FeatureName = SoundFeature | 'trackPopularity' | 'artistPopularity';
export type FeatureWeights = Readonly<Partial<Record<FeatureName, number>>>;

/** The largest weight that a person may set. */
export const MAX_WEIGHT = 10;

/** Default weight: songs of equal length are not necessarily alike, so duration counts half. */
const usualWeight = (feature: FeatureName): number => (feature === 'duration' ? 0.5 : 1);

export const weightOf = (weights: FeatureWeights, feature: FeatureName): number =>
  weights[feature] ?? usualWeight(feature);

/** Weight of every audio axis in the audio block or, with `mood`, in the mood block (0 for axes outside it). */
export function axisWeights(weights: FeatureWeights, mood: boolean): Float32Array {
  const out = new Float32Array(AUDIO_STRIDE);
  for (let a = 0; a < AUDIO_AXES.length; a++) {
    const feature = AUDIO_AXES[a]!;
    if (!mood || MOOD_FEATURES.includes(feature)) out[a] = weightOf(weights, feature);
  }
  return out;
}

/**
 * Splits a person's weights (`{ genre: 3, energy: 2 }`) into blocks and features; names not given keep their default weight.
 * @throws SegueError USAGE for an unknown name, OUT_OF_RANGE for a weight outside 0–10
 */
export function parseWeights(
  given: Readonly<Record<string, unknown>>,
  usualBlocks: BlockWeights,
  usualFeatures: FeatureWeights,
): { blocks: BlockWeights; features: FeatureWeights } {
  const blocks: Record<Block, number> = { ...usualBlocks };
  const features: Partial<Record<FeatureName, number>> = { ...usualFeatures };
  for (const [name, value] of Object.entries(given)) {
    const block = BLOCKS.find((b) => b === name);
    const feature = FEATURE_NAMES.find((f) => f === name);
    if (!block && !feature) {
      throw new SegueError('USAGE', {
        got: `There is no feature block or feature "${name}"`,
        expected: `one of ${[...BLOCKS, ...FEATURE_NAMES].join(', ')}`,
      });
    }
    if (typeof value !== 'number' || !(value >= 0 && value <= MAX_WEIGHT)) {
      throw new SegueError('OUT_OF_RANGE', {
        got: `The weight of ${name} is ${JSON.stringify(value)}`,
        expected: `a number from 0 to ${MAX_WEIGHT}`,
      });
    }
    if (block) blocks[block] = value;
    else if (feature) features[feature] = value;
  }
  return { blocks, features };
}
