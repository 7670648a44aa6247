import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportParquet } from '../library/export-parquet.ts';
import type { Library } from '../library/library.ts';
import type { SettingsFile } from '../library/settings.ts';
import type { OnProgress } from '../math/progress.ts';
import { modelById } from '../models/registry.ts';
import { adopt, adoptionOf } from '../recommend/adopt.ts';
import { configOf } from '../recommend/train.ts';
import { runSparkJob } from './spark.ts';

export interface ElsewhereOptions {
  readonly master: string;
  /** Folder that Segue and every Spark worker see under the same path; with a master on this machine, the system's temporary folder works. */
  readonly share?: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly tuned?: SettingsFile;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * Trains a model on Spark: export, job, adoption. The present model stays in use until the new one is complete; the shared files are removed.
 * @throws SegueError USAGE, JOB_FAILED, CANCELLED and those of export and adoption
 */
export async function trainElsewhere(
  library: Library,
  modelId: string,
  { master, share = tmpdir(), set, tuned, signal, onProgress }: ElsewhereOptions,
): Promise<{ id: string; bytes: number }> {
  adoptionOf(modelId);
  const config = configOf(modelById(modelId), { ...tuned?.[modelId]?.config, ...set });
  const folder = await mkdtemp(join(share, 'segue-spark-'));
  try {
    const data = join(folder, 'set');
    const out = join(folder, 'model');
    await exportParquet(await library.dataset(), data, {
      signal,
      onProgress: ({ fraction, note }) => onProgress?.({ fraction: fraction * 0.1, note: `exporting ${note}` }),
    });
    await runSparkJob({
      master,
      model: modelId,
      config,
      data,
      out,
      signal,
      onProgress: ({ fraction, note }) => onProgress?.({ fraction: 0.1 + fraction * 0.85, note }),
    });
    onProgress?.({ fraction: 0.95, note: 'adopting' });
    return await adopt(library, out, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
