import type { Dataset } from '../dataset/dataset.ts';
import type { Reason } from './model.ts';

const NAMED = 2;
const LISTED = 5;

/**
 * Explains a recommendation by the seeds behind it, for models whose score is a sum over the seeds.
 * @param seeds track numbers @param contributions what each seed added to the score, same length @returns nothing when no seed added anything
 */
export function songsReason(dataset: Dataset, seeds: Int32Array, contributions: ArrayLike<number>): Reason[] {
  const helpful: number[] = [];
  for (let i = 0; i < seeds.length; i++) {
    if (contributions[i]! > 0) helpful.push(i);
  }
  if (helpful.length === 0) return [];
  helpful.sort((a, b) => contributions[b]! - contributions[a]! || a - b);
  const listed = helpful.slice(0, LISTED);
  const titles = listed.slice(0, NAMED).map((i) => `“${dataset.tracks.names.get(seeds[i]!)}”`);
  const others = helpful.length - titles.length;
  const more = others > 0 ? ` and ${others} more of your songs` : '';
  return [
    {
      kind: 'songs',
      // The sentence covers every seed that helped, so it accounts for the whole score.
      share: 1,
      text: `Goes with ${others > 0 ? titles.join(', ') : titles.join(' and ')}${more}`,
      tracks: listed.map((i) => seeds[i]!),
    },
  ];
}
