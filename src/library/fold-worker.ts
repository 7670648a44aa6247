import { serveTasks } from '../math/task-worker.ts';
import { foldIncrements } from './fold.ts';

// A thread that merges the increments of libraries whose locks its parent holds.
const tasks = { fold: (dir: string): Promise<void> => foldIncrements(dir) };
export type FoldTasks = typeof tasks;
serveTasks(tasks);
