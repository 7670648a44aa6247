import { workerData } from 'node:worker_threads';
import { readEarly } from '../../library/early-files.ts';
import { BY_ROWS } from '../../models/by-rows.ts';
import { FIRST_CHOICE } from '../../models/first-choice.ts';

// The first answering thread: files are read while it loads its modules.
const { library } = workerData as { readonly library: string | null };
if (library !== null) readEarly(library, FIRST_CHOICE, BY_ROWS);
await import('./thread.ts');
