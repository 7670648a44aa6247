import { setThreads } from '../math/pool.ts';
import type { TaskContext } from '../math/task-protocol.ts';
import { serveTasks } from '../math/task-worker.ts';
import { type LayoutWork, pictureOf } from './layout.ts';

// The thread of a map in the making; one core of it, the others stay free for questions.
setThreads(1);
const tasks = {
  draw: (work: LayoutWork, { onProgress }: TaskContext): Float32Array => pictureOf(work, onProgress),
};
export type LayoutTasks = typeof tasks;
serveTasks(tasks);
