import type { BlendPart } from '../../blends.ts';

/** The list of what the listener played most: no model. */
export const MOST_PLAYED = 'most played';

const LATELY = ' lately';

/** The part that asks a model from what was played in the last weeks only. */
export const lately = (name: string): string => `${name}${LATELY}`;

/** The model of a part, and whether it is asked from the last weeks only. */
export const partOf = (name: string): { model: string; lately: boolean } =>
  name.endsWith(LATELY) ? { model: name.slice(0, -LATELY.length), lately: true } : { model: name, lately: false };

/** "hybrid ×2 + als lately": how a blend is called in answers and feedback. */
export const blendName = (parts: readonly BlendPart[]): string =>
  parts.map(({ name, weight }) => (parts.length > 1 && weight !== 1 ? `${name} ×${weight}` : name)).join(' + ');
