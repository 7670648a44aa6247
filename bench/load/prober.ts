import { Worker } from 'node:worker_threads';

const PROBE_MS = 50;

export interface Probed {
  readonly ms: number;
  readonly ok: boolean;
}

/** Requests /healthz and /readyz of a server in turn, on a separate thread, until it is ended. */
export class Prober {
  private readonly worker: Worker;

  constructor(address: string) {
    const probing = { address, paths: ['/healthz', '/readyz'], every: PROBE_MS };
    this.worker = new Worker(new URL('./probe.ts', import.meta.url), { workerData: probing, execArgv: [] });
  }

  end(): Promise<readonly Probed[]> {
    return new Promise((resolve) => {
      this.worker.once('message', resolve);
      this.worker.postMessage('stop');
    });
  }
}
