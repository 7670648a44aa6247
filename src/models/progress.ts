import { throwIfCancelled } from '../errors.ts';
import type { FitContext } from './model.ts';

/**
 * Called between two steps of training: reports progress, yields to other work of the process (no signal could arrive otherwise), and stops when the
 * training was cancelled. @throws SegueError CANCELLED
 */
export async function step(context: FitContext, modelId: string, fraction: number, note: string): Promise<void> {
  context.onProgress?.({ fraction: Math.min(1, fraction), note });
  await new Promise<void>((resume) => setImmediate(resume));
  throwIfCancelled(context.signal, `Training of the model "${modelId}"`);
}
