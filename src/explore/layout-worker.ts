import { setThreads } from '../math/pool.ts';
import type { TaskContext } from '../math/task-protocol.ts';
import { serveTasks } from '../math/task-worker.ts';
import { type LayoutWork, pictureOf } from './layout.ts';

// A thread that computes a map uses one core and leaves the others for queries.
setThreads(1);
const tasks = {
  draw: (work: LayoutWork, { onProgress }: TaskContext): Float32Array => pictureOf(work, onProgress),
};
export type LayoutTasks = typeof tasks;
serveTasks(tasks);
