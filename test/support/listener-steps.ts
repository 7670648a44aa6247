import type { FeedbackEvent } from '../../src/listeners/events.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';
import { Rng } from '../../src/math/rng.ts';

export interface Step {
  readonly plays: readonly NewPlay[];
  readonly events: readonly FeedbackEvent[];
}

const SONGS = 50;
const song = (n: number): { song: string; title: string } => ({ song: `t:${n}`, title: `Song ${n}` });

/** A listener's action in a step: every third is feedback, the others are batches of an import. Determined by the number. */
export function stepOf(n: number): Step {
  const rng = new Rng(n);
  const at = 1_700_000_000_000 + n * 1_000_000;
  if (n % 3 === 0)
    return {
      plays: [],
      events: [
        { id: `e${n}-play`, kind: 'play', ...song(rng.below(SONGS)), at, msPlayed: 1000 },
        { id: `e${n}-like`, kind: 'like', ...song(n % SONGS), at },
      ],
    };
  return {
    plays: Array.from({ length: 300 }, (_, i) => ({
      id: `p${n}-${i}`,
      ...song(rng.below(SONGS)),
      at: at + i * 1000,
      msPlayed: 1000,
      skipped: rng.uniform() < 0.1,
      source: 'test',
    })),
    events: [],
  };
}
