import type { Dataset } from '../dataset/dataset.ts';
import { measureAt } from '../dataset/measure-tables.ts';
import { SOUND } from '../dataset/sound-measures.ts';
import type { MeasuredSound, SoundGroup } from './measured-sound.ts';
import { joined } from './sound-words.ts';

/** A property is named when it contributed at least this share of the cosine. */
const WORTH_NAMING = 0.12;
const MOST_NAMED = 3;
const KEYS = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'];

/** One measure of a track; NaN when unknown. */
export function measureOf({ tracks }: Dataset, track: number, measure: number): number {
  return measureAt(tracks, 'sound', track, measure);
}

/** "similar timbre, rhythm and tempo (128 BPM in the file)": the properties by their contribution to the cosine; '' when none stands out. */
export function measuredPhrase(sound: MeasuredSound, dataset: Dataset, query: Float32Array, track: number): string {
  const parts = [...sound.contributions(query, track)].filter(([, value]) => value > 0);
  const total = parts.reduce((sum, [, value]) => sum + value, 0);
  const named = parts
    .filter(([, value]) => value >= WORTH_NAMING * total)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_NAMED)
    .map(([group]) => group + factOf(dataset, track, group));
  return named.length > 0 ? `similar ${joined(named)}` : '';
}

function factOf(dataset: Dataset, track: number, group: SoundGroup): string {
  if (group === 'tempo') return ` (${Math.round(measureOf(dataset, track, SOUND.beat))} BPM)`;
  if (group === 'loudness') return ` (${Math.round(measureOf(dataset, track, SOUND.lufs))} LUFS)`;
  if (group !== 'key') return '';
  const tonic = measureOf(dataset, track, SOUND.tonic);
  return Number.isNaN(tonic)
    ? ''
    : ` (${KEYS[tonic]} ${measureOf(dataset, track, SOUND.major) === 1 ? 'major' : 'minor'})`;
}

/** "sounds like hip-hop and soul": tags that a network heard in both the track and the seeds; '' without any. */
export const soundsLikePhrase = (tags: readonly string[]): string =>
  tags.length > 0 ? `sounds like ${joined(tags)}` : '';

/** "about love and the night": themes in the lyrics of both the track and the seeds; '' without any. */
export const aboutPhrase = (themes: readonly string[]): string => (themes.length > 0 ? `about ${joined(themes)}` : '');
