import { join } from 'node:path';

export const datasetFile = (dir: string, id: string): string => join(dir, `dataset-${id}.bin`);

export const modelFile = (dir: string, id: string): string => join(dir, 'models', `${id}.model`);

/** Data derived from a dataset, or from a dataset and a model, that is saved because computing it takes longer than reading it. */
export type Derived = 'search' | 'titles' | `model-${string}`;

export const derivedName = (kind: Derived, id: string): string => `${kind}-${id}.bin`;
export const derivedFile = (dir: string, kind: Derived, id: string): string => join(dir, derivedName(kind, id));
