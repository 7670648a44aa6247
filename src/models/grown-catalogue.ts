import type { Dataset } from '../dataset/dataset.ts';
import { StringColumn } from '../dataset/strings.ts';
import { Vocabulary } from '../dataset/vocabulary.ts';
import { type Artifact, checkArtifact } from './artifact.ts';

/**
 * As `checkArtifact`, but a catalogue that has only grown since the training is accepted: models that keep statistics and not rows
 * place tracks which came later as they placed the others.
 * @returns number of tracks at the time of the training @throws SegueError MODEL_MISMATCH
 */
export function checkGrownArtifact(
  artifact: Artifact,
  modelId: string,
  modelVersion: number,
  dataset: Dataset,
): number {
  const before = Number.parseInt(artifact.catalogueId, 10);
  const grown = before > 0 && before < dataset.tracks.count && earlierId(dataset, before) === artifact.catalogueId;
  checkArtifact(artifact, modelId, modelVersion, grown ? artifact.catalogueId : dataset.catalogueId);
  return grown ? before : dataset.tracks.count;
}

/** The catalogue id when it held only its first `count` tracks. */
function earlierId(dataset: Dataset, count: number): string {
  const { heap, offsets } = dataset.tracks.vocabulary.ids;
  return new Vocabulary(new StringColumn(heap.subarray(0, offsets[count]!), offsets.slice(0, count + 1))).fingerprint();
}
