import type { BlendPart } from '../../blends.ts';
import type { Recent } from '../recent.ts';

/** The list of what the listener played most: no model. */
export const MOST_PLAYED = 'most played';
/** The same, with recent plays counting more. */
export const PLAYED_LATELY = 'most played lately';

/** Parts of the history that a model can be asked from, besides all of it. */
const MEMORIES: readonly (keyof Recent)[] = ['lately', 'finds'];

/** The parts that ask a model from the last weeks only: from what was played, and from what was found in them. */
export const recentParts = (model: string): { name: string; memory: keyof Recent }[] =>
  MEMORIES.map((memory) => ({ name: `${model} ${memory}`, memory }));

/** The model of a part, and which of the last weeks' queries it is asked; null = that of the whole history. */
export function partOf(name: string): { model: string; memory: keyof Recent | null } {
  const memory = MEMORIES.find((one) => name.endsWith(` ${one}`)) ?? null;
  return { model: memory === null ? name : name.slice(0, -memory.length - 1), memory };
}

/** "hybrid ×2 + als lately": how a blend is called in answers and feedback. */
export const blendName = (parts: readonly BlendPart[]): string =>
  parts.map(({ name, weight }) => (parts.length > 1 && weight !== 1 ? `${name} ×${weight}` : name)).join(' + ');
