import { existsSync, readFileSync } from 'node:fs';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { decodeDataset } from '../../src/dataset/dataset-file.ts';

/** Reads a dataset's file into shared memory, as a library does. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export function readDataset(path: string): Dataset {
  if (!existsSync(path)) return decodeDataset(null, path);
  const read = readFileSync(path);
  const bytes = new Uint8Array(new SharedArrayBuffer(read.length));
  bytes.set(read);
  return decodeDataset(bytes, path);
}
