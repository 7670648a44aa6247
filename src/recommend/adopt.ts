import { SegueError } from '../errors.ts';
import { readJob, readJobTable } from '../library/adopted.ts';
import type { LibraryApi } from '../library/library-types.ts';
import { ADOPTIONS, type Adoption } from '../models/adoption.ts';
import { encodeArtifact } from '../models/artifact.ts';
import { modelById } from '../models/registry.ts';
import { configOf } from './train.ts';

/** How to adopt a model trained elsewhere. @throws SegueError USAGE when the model can only be trained here */
export function adoptionOf(modelId: string): Adoption {
  const adoption = ADOPTIONS.find((a) => a.modelId === modelId);
  if (!adoption)
    throw new SegueError('USAGE', {
      got: `The model "${modelId.slice(0, 100)}" cannot be trained elsewhere`,
      expected: `one of ${ADOPTIONS.map((a) => a.modelId).join(', ')}`,
    });
  return adoption;
}

/**
 * Converts the output folder of a job (spark/train.py) into the model's own artefact and saves it; until then the model in use is untouched.
 * @returns the model's id and the number of bytes saved
 * @throws SegueError MODEL_MISMATCH when the job ran on another catalogue, FILE_UNREADABLE, COLUMNS_MISSING, FORMAT_NEWER, USAGE
 */
export async function adopt(
  library: Pick<LibraryApi, 'dataset' | 'saveModel'>,
  folder: string,
  signal?: AbortSignal,
): Promise<{ id: string; bytes: number }> {
  const job = await readJob(folder);
  const adoption = adoptionOf(job.model);
  const dataset = await library.dataset();
  if (job.catalogueId !== dataset.catalogueId)
    throw new SegueError('MODEL_MISMATCH', {
      got: `The job ran on the catalogue ${job.catalogueId.slice(0, 40)}`,
      expected: `this library's ${dataset.catalogueId}`,
      remedy: 'Export the library again with `segue export parquet` and run the job on that',
    });
  const model = modelById(job.model);
  const known = Object.keys(model.config.properties);
  const config = configOf(
    model,
    Object.fromEntries(Object.entries(job.config).filter(([name]) => known.includes(name))),
  );
  const table = await readJobTable(folder, adoption.table, signal);
  const artifact = adoption.build(table, dataset, config, job.meta);
  // Loading validates the artefact before anything is replaced.
  model.load(artifact, dataset).dispose?.();
  const bytes = encodeArtifact(artifact);
  await library.saveModel(model.id, bytes);
  return { id: model.id, bytes: bytes.length };
}
