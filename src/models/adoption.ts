import type { Dataset } from '../dataset/dataset.ts';
import type { JobTable } from '../library/adopted.ts';
import type { SetTable } from '../sources/parquet-set/tables.ts';
import { adoptAls } from './als/adopt.ts';
import type { Artifact } from './artifact.ts';
import { adoptPopularity } from './popularity-adopt.ts';
import { adoptTrackNeighbours } from './track-neighbours/adopt.ts';

/** How the output of an external job becomes the artefact that training here would have saved. */
export interface Adoption {
  readonly modelId: string;
  readonly table: SetTable;
  /** @throws SegueError FILE_UNREADABLE when a row refers to an unknown track, or a track has two rows */
  build(table: JobTable, dataset: Dataset, config: Record<string, unknown>, meta: Record<string, unknown>): Artifact;
}

/** The models that can be trained elsewhere, one line each; spark/train.py has a job for each. */
export const ADOPTIONS: readonly Adoption[] = [adoptPopularity, adoptTrackNeighbours, adoptAls];
