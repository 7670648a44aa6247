import { workerData } from 'node:worker_threads';
import { serveTasks } from '../math/task-worker.ts';
import { sourceById } from '../sources/registry.ts';
import { type ImportedFile, importFile } from './import-file.ts';

/** Start data of an import thread. */
export interface ImportSetup {
  readonly segments: string;
  readonly source: string;
  readonly options: Readonly<Record<string, string>>;
}

const { segments, source: id, options } = workerData as ImportSetup;
const source = sourceById(id);
const tasks = { read: (file: string): Promise<ImportedFile> => importFile(segments, source, file, options) };
export type ImportTasks = typeof tasks;
serveTasks(tasks);
