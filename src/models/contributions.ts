import type { Dataset } from '../dataset/dataset.ts';
import type { Reason } from './model.ts';

const NAMED = 2;
const LISTED = 5;

/**
 * The seeds behind a recommendation as a reason, for models whose score is a sum over the seeds.
 * @param seeds track numbers @param contributions what each seed added to the score, same length @returns nothing when no seed added anything
 */
export function songsReason(dataset: Dataset, seeds: Int32Array, contributions: ArrayLike<number>): Reason[] {
  let total = 0;
  const helpful: number[] = [];
  for (let i = 0; i < seeds.length; i++) {
    total += contributions[i]!;
    if (contributions[i]! > 0) helpful.push(i);
  }
  if (helpful.length === 0) return [];
  helpful.sort((a, b) => contributions[b]! - contributions[a]! || a - b);
  const listed = helpful.slice(0, LISTED);
  let named = 0;
  for (const i of listed) named += contributions[i]!;
  const titles = listed.slice(0, NAMED).map((i) => `“${dataset.tracks.names.get(seeds[i]!)}”`);
  const others = helpful.length - titles.length;
  const more = others > 0 ? ` and ${others} more of your songs` : '';
  return [
    {
      kind: 'songs',
      share: total > 0 ? Math.min(1, named / total) : 1,
      text: `goes with ${others > 0 ? titles.join(', ') : titles.join(' and ')}${more}`,
      tracks: listed.map((i) => seeds[i]!),
    },
  ];
}
