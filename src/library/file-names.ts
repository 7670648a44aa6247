import { join } from 'node:path';

export const datasetFile = (dir: string, id: string): string => join(dir, `dataset-${id}.bin`);

export const modelFile = (dir: string, id: string): string => join(dir, 'models', `${id}.model`);
