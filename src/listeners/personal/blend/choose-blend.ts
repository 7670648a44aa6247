import type { BlendPart } from '../../blends.ts';
import { Pace } from '../../pace.ts';
import { fuse } from './fuse.ts';
import { ndcg } from './list-measures.ts';

/** What each part answered at one cut, and what was played next. */
export interface AskedCut {
  readonly lists: ReadonlyMap<string, ArrayLike<number>>;
  readonly truth: ReadonlySet<number>;
}

/** Maximum number of additions; a part that is added twice counts twice. */
const ROUNDS = 10;
const LEAST_GAIN = 0.03;
const DEPTH = 50;

/**
 * The blend with the best mean NDCG@50 over the cuts, by forward selection with replacement (Caruana et al. 2004): starts with the best single part
 * and repeatedly adds the part that helps most. Ties go to the part named first. Other work may run meanwhile.
 * @param prior where to start instead: a blend that did well for others, which a few cuts should not overrule
 * @param leastGain share of the NDCG that an added part must gain, so that chance does not choose
 * @returns null when no part found anything
 */
export async function chooseBlend(
  names: readonly string[],
  cuts: readonly AskedCut[],
  prior: readonly BlendPart[] = [],
  leastGain = LEAST_GAIN,
): Promise<BlendPart[] | null> {
  const asked = cuts.filter(({ truth }) => truth.size > 0);
  const worth = (parts: readonly BlendPart[]): number =>
    asked.reduce((sum, { lists, truth }) => sum + ndcg(fuse(parts, lists, DEPTH).tracks, truth, DEPTH), 0);
  const pace = new Pace();
  let chosen = [...prior];
  let value = chosen.length > 0 ? worth(chosen) : 0;
  for (let round = 0; round < ROUNDS; round++) {
    let best: BlendPart[] | null = null;
    let most = value * (1 + leastGain);
    for (const name of names) {
      if (pace.due) await pace.rest();
      const tried = withPart(chosen, name);
      const now = worth(tried);
      if (now > most) [best, most] = [tried, now];
    }
    if (best === null) break;
    [chosen, value] = [best, most];
  }
  return chosen.length > 0 ? chosen : null;
}

function withPart(parts: readonly BlendPart[], name: string): BlendPart[] {
  return parts.some((part) => part.name === name)
    ? parts.map((part) => (part.name === name ? { name, weight: part.weight + 1 } : part))
    : [...parts, { name, weight: 1 }];
}
