import { workerData } from 'node:worker_threads';
import { setThreads } from '../../math/pool.ts';
import { serveTasks } from '../../math/task-worker.ts';
import { analyseFile, type FileAnalysis } from './analyse-file.ts';
import type { AudioFile } from './audio-files.ts';

/** What a thread of an analysis is started with. */
export interface AnalysisSetup {
  readonly folder: string;
}

const { folder } = workerData as AnalysisSetup;
// The threads of the analysis are as many as the cores.
setThreads(1);
const tasks = { analyse: (file: AudioFile): Promise<FileAnalysis> => analyseFile(folder, file) };
export type AnalysisTasks = typeof tasks;
serveTasks(tasks);
