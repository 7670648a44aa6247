import { parentPort, workerData } from 'node:worker_threads';
import { openShared } from '../../dataset/shared-dataset.ts';
import { SegueError } from '../../errors.ts';
import { modelById } from '../../models/registry.ts';
import { protocolById } from '../registry.ts';
import { type Candidate, Execution, foldsOf, type Plan } from './execution.ts';
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-protocol.ts';

const port = parentPort!;
const setup = workerData as WorkerSetup;
const plan: Plan = { ...setup, protocol: protocolById(setup.protocol) };
const execution = new Execution(plan, foldsOf(plan, openShared(setup.dataset)));
const reply = (message: WorkerReply): void => port.postMessage(message);

async function perform(task: WorkerTask): Promise<WorkerReply> {
  const candidate: Candidate = { name: task.name, model: modelById(task.model), config: task.config };
  if (task.kind === 'forget') {
    execution.forget(candidate, task.fold);
    return { kind: 'forgotten' };
  }
  if (task.kind === 'answer') {
    execution.load(candidate, task.fold, task.artifact);
    return { kind: 'answered', answers: execution.answer(candidate, task.fold, task.from, task.to) };
  }
  const start = performance.now();
  const bytes = await execution.fit(candidate, task.fold, {
    onProgress: (fraction, note) => reply({ kind: 'progress', fraction, note }),
  });
  const artifact = new Uint8Array(new SharedArrayBuffer(bytes.length));
  artifact.set(bytes);
  return { kind: 'fitted', artifact, seconds: (performance.now() - start) / 1000 };
}

port.on('message', (task: WorkerTask) => {
  perform(task).then(reply, (error: unknown) => {
    const known = error instanceof SegueError;
    const message = error instanceof Error ? error.message : String(error);
    reply({ kind: 'failed', code: known ? error.code : 'INTERNAL', message });
  });
});
reply({ kind: 'ready' });
