import type { Arrays } from '../dataset/container.ts';

/** What a finished stage of a training left. */
export interface Stage {
  /** JSON values. */
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Arrays>;
}

/**
 * Finished stages of one training: of this data, these settings and this seed. A training that was interrupted reads them instead of repeating them,
 * and ends with the same model as one that was not.
 */
export interface Checkpoints {
  /** null when the stage was not finished. */
  load(stage: string): Promise<Stage | null>;
  save(stage: string, result: Stage): Promise<void>;
}

/** A stage's result from its checkpoint, else computed and saved. */
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
