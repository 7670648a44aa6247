import { parentPort } from 'node:worker_threads';
import { errorOf, type FromWorker, failureOf, type Tasks, type ToWorker } from './task-protocol.ts';

const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let questions = 0;

const send = (message: FromWorker, transfer: ArrayBufferLike[] = []): void =>
  parentPort?.postMessage(message, transfer as ArrayBuffer[]);

/**
 * Performs the tasks that a TaskThread gives to this worker, one after the other.
 * @param together starts each task immediately instead, concurrently with those that are waiting for something
 */
export function serveTasks(tasks: Tasks, { together = false }: { together?: boolean } = {}): void {
  const perform = async ({ id, name, input }: Extract<ToWorker, { type: 'task' }>): Promise<void> => {
    const transfer: ArrayBufferLike[] = [];
    try {
      const value = await tasks[name]!(input as never, {
        onProgress: (progress) => send({ type: 'progress', id, progress }),
        move: (...buffers) => void transfer.push(...buffers),
      });
      send({ type: 'result', id, value }, transfer);
    } catch (error) {
      send({ type: 'failure', id, failure: failureOf(error) });
    }
  };
  let last = Promise.resolve();
  parentPort?.on('message', (message: ToWorker) => {
    if (message.type === 'task') {
      if (together) void perform(message);
      else last = last.then(() => perform(message));
      return;
    }
    const question = asked.get(message.id);
    asked.delete(message.id);
    if (message.failure) question?.reject(errorOf(message.failure));
    else question?.resolve(message.value);
  });
}

/** Sends a question to the parent, at any time; its `TaskThread` answers. */
export function askParent(question: unknown): Promise<unknown> {
  const id = questions++;
  return new Promise((resolve, reject) => {
    asked.set(id, { resolve, reject });
    send({ type: 'question', id, question });
  });
}
