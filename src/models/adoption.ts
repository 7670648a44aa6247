import type { Dataset } from '../dataset/dataset.ts';
import type { SetTable } from '../sources/parquet-set/tables.ts';
import { adoptAls } from './als/adopt.ts';
import type { Artifact } from './artifact.ts';
import { adoptPopularity } from './popularity-adopt.ts';
import { adoptTrackNeighbours } from './track-neighbours/adopt.ts';

/** What a job outside of Segue (spark/jobs) found, as columns; vectors are flat. */
export interface AdoptedTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Int32Array | Float32Array>>;
}

/** How the output of a job becomes the artefact that training here would have saved. */
export interface Adoption {
  readonly modelId: string;
  readonly table: SetTable;
  /** @throws SegueError FILE_UNREADABLE when a row refers to a track that does not exist, or comes twice */
  build(
    table: AdoptedTable,
    dataset: Dataset,
    config: Record<string, unknown>,
    meta: Record<string, unknown>,
  ): Artifact;
}

/** The models that can be trained elsewhere, one line each. spark/train.py has a job for each. */
export const ADOPTIONS: readonly Adoption[] = [adoptPopularity, adoptTrackNeighbours, adoptAls];
