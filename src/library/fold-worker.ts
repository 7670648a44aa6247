import { serveTasks } from '../math/task-worker.ts';
import { foldIncrements } from './fold.ts';

// A thread that merges increments of libraries whose lock its parent holds.
const tasks = { fold: (dir: string): Promise<void> => foldIncrements(dir) };
export type FoldTasks = typeof tasks;
serveTasks(tasks);
