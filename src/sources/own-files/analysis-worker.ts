import { workerData } from 'node:worker_threads';
import { setThreads } from '../../math/pool.ts';
import { TagNetwork } from '../../math/sound/tag-network.ts';
import { serveTasks } from '../../math/task-worker.ts';
import { analyseFile, type FileAnalysis } from './analyse-file.ts';
import type { AudioFile } from './audio-files.ts';
import { readWeights } from './musicnn/weights-file.ts';

/** What a thread of an analysis is started with. */
export interface AnalysisSetup {
  readonly folder: string;
  /** File of the network's weights, null without it. */
  readonly network: string | null;
}

const { folder, network: file } = workerData as AnalysisSetup;
// The threads of the analysis are as many as the cores.
setThreads(1);
const network = file === null ? null : new TagNetwork(readWeights(file));
const tasks = { analyse: (file: AudioFile): Promise<FileAnalysis> => analyseFile(folder, file, network) };
export type AnalysisTasks = typeof tasks;
serveTasks(tasks);
