import { workerData } from 'node:worker_threads';
import { foldIncrements } from './fold.ts';

// A thread that merges the increments of one library, whose lock its parent holds, and ends.
await foldIncrements(workerData as string);
