import type { BlendPart } from '../../blends.ts';
import type { Recent } from '../recent.ts';

/** The listener's most played songs; not a model. */
export const MOST_PLAYED = 'most played';
/** The same, with recent plays counting more. */
export const PLAYED_LATELY = 'most played lately';

/** Parts of the history that a model can be asked with, besides the whole. */
const MEMORIES: readonly (keyof Recent)[] = ['lately', 'finds'];

/** The parts that ask a model with the last weeks only: with the songs played, and with those discovered. */
export const recentParts = (model: string): { name: string; memory: keyof Recent }[] =>
  MEMORIES.map((memory) => ({ name: `${model} ${memory}`, memory }));

/** The model of a part, and which query of the last weeks it gets; null = that of the whole history. */
export function partOf(name: string): { model: string; memory: keyof Recent | null } {
  const memory = MEMORIES.find((one) => name.endsWith(` ${one}`)) ?? null;
  return { model: memory === null ? name : name.slice(0, -memory.length - 1), memory };
}

/** Name of a blend in answers and feedback, e.g. "hybrid ×2 + als lately". */
export const blendName = (parts: readonly BlendPart[]): string =>
  parts.map(({ name, weight }) => (parts.length > 1 && weight !== 1 ? `${name} ×${weight}` : name)).join(' + ');
