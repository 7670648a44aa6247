import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/server-process.ts';
import { ROOT } from '../../test/support/source-files.ts';
import { processorSeconds, residentBytes } from '../process-figures.ts';
import type { Hold } from '../routes/hold.ts';

/** Interval of prom-client's timer in milliseconds: Node's default for `monitorEventLoopDelay`. */
const EVENT_LOOP_TIMER = 10;

/** A real server, with its processor time and memory as reported by the system. */
export class MeasuredServer {
  readonly address: string;
  /** Address at which a separate thread answers probes. */
  readonly health: string;
  private readonly child: ChildProcess;
  private ending = false;

  private constructor(address: string, health: string, child: ChildProcess) {
    this.address = address;
    this.health = health;
    this.child = child;
  }

  /** @param node arguments for Node itself */
  static async start(library: string, node: readonly string[] = []): Promise<MeasuredServer> {
    const [port, health] = [await freePort(), await freePort()];
    const ports = ['--port', String(port), '--health-port', String(health)];
    const args = [...node, `${ROOT}src/cli/main.ts`, '--library', library, 'serve', ...ports];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const server = new MeasuredServer(`http://127.0.0.1:${port}`, `http://127.0.0.1:${health}`, child);
    while (!(await fetch(`${server.address}/readyz`).catch(() => null))?.ok) {
      const ended = server.howEnded();
      if (ended !== null) throw new Error(ended);
      await sleep(100);
    }
    return server;
  }

  /** Repeats a query until it is answered; the first one loads its model. @throws when there is no answer in time, with what came instead */
  async answered(body: string, milliseconds: number): Promise<void> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    for (const start = performance.now(); ; await sleep(100)) {
      const answer = await fetch(`${this.address}/api/recommendations`, init);
      const text = await answer.text();
      if (answer.ok) return;
      if (answer.status !== 503 || performance.now() - start > milliseconds) throw new Error(text);
    }
  }

  /** Processor time so far, in seconds. */
  cpu(): number {
    return processorSeconds(this.child.pid!);
  }

  /** Resident memory, in bytes; null once the server has ended. */
  memory(): number | null {
    try {
      return residentBytes(this.child.pid!);
    } catch {
      return null;
    }
  }

  /** Calls back with a sentence when the server ends unexpectedly. */
  onEnd(told: (how: string) => void): void {
    this.child.once('exit', () => {
      if (!this.ending) told(this.howEnded()!);
    });
  }

  /** How the server ended, as a sentence; null while it runs. */
  private howEnded(): string | null {
    const { exitCode, signalCode } = this.child;
    if (signalCode !== null) return `The server was ended by ${signalCode}.`;
    return exitCode === null ? null : `The server ended with code ${exitCode}.`;
  }

  /** Delay of the server's event loop since the last call in milliseconds, 99th percentile and maximum; the timer's own 10 ms are subtracted. */
  async eventLoop(): Promise<{ readonly p99: number; readonly most: number }> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
    const late = (name: string): number => {
      const seconds = new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)$`, 'm').exec(text)?.[1];
      return Math.max(0, 1000 * Number(seconds) - EVENT_LOOP_TIMER);
    };
    return { p99: late('p99'), most: late('max') };
  }

  /** What blocked the main thread since the last call; requires `routes/hold.ts` to be loaded. */
  async hold(): Promise<Hold> {
    const told = once(this.child, 'message');
    this.child.send('hold');
    return ((await told) as [Hold])[0];
  }

  async end(): Promise<void> {
    if (this.howEnded() !== null) return;
    this.ending = true;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}
