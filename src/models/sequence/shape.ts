import type { SequenceConfig } from './config.ts';
import type { Shape } from './transformer.ts';

/** The transformer's shape: as many factors as settings ask for, rounded up so that every head has a multiple of 4. */
export function shapeOf({ factors, layers, heads }: SequenceConfig): Shape {
  return { factors: Math.ceil(factors / (4 * heads)) * 4 * heads, layers, heads };
}
