import { parentPort, workerData } from 'node:worker_threads';
import { setThreads } from '../math/pool.ts';
import { type LayoutMessage, type LayoutWork, pictureOf } from './layout.ts';

/** The thread of a map in the making; one core of it, the others stay free for questions. */
setThreads(1);
const send = (message: LayoutMessage): void => parentPort?.postMessage(message);
send({
  picture: pictureOf(workerData as LayoutWork, (progress, note) => send({ progress, note })),
});
