import type { SequenceConfig } from './config.ts';
import type { Shape } from './transformer.ts';

/** The transformer's shape: the configured number of factors, rounded up so that every head gets a multiple of 4. */
export function shapeOf({ factors, layers, heads }: SequenceConfig): Shape {
  return { factors: Math.ceil(factors / (4 * heads)) * 4 * heads, layers, heads };
}
