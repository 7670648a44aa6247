import type { Arrays } from '../dataset/container.ts';

/** The result of one finished stage of a training. */
export interface Stage {
  /** JSON values. */
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Arrays>;
}

/**
 * Finished stages of one training, identified by data, settings and seed. An interrupted training loads them instead of repeating them, and yields
 * the same model as an uninterrupted one.
 */
export interface Checkpoints {
  /** Null when the stage has not finished. */
  load(stage: string): Promise<Stage | null>;
  save(stage: string, result: Stage): Promise<void>;
}

/** Loads a stage's result from its checkpoint, or else computes and saves it. */
export async function resumable<T>(
  checkpoints: Checkpoints | undefined,
  stage: string,
  form: { save(result: T): Stage; load(saved: Stage): T },
  compute: () => Promise<T> | T,
): Promise<T> {
  const saved = await checkpoints?.load(stage);
  if (saved) return form.load(saved);
  const result = await compute();
  await checkpoints?.save(stage, form.save(result));
  return result;
}
