import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/server-process.ts';
import { ROOT } from '../../test/support/source-files.ts';
import { processorSeconds, residentBytes } from '../process-figures.ts';
import type { Hold } from '../routes/hold.ts';

/** What prom-client's timer waits for, in milliseconds: Node's default of `monitorEventLoopDelay`. */
const EVENT_LOOP_TIMER = 10;

/** A real server, with the processor time and memory that the system says it uses. */
export class MeasuredServer {
  readonly address: string;
  /** Where it answers probes on a thread of their own. */
  readonly health: string;
  private readonly child: ChildProcess;
  private ending = false;

  private constructor(address: string, health: string, child: ChildProcess) {
    this.address = address;
    this.health = health;
    this.child = child;
  }

  /** @param node arguments of Node itself, before the server's */
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

  /** Asks until there is an answer: the first question loads its model. @throws when there is none in time, with what came instead */
  async answered(body: string, milliseconds: number): Promise<void> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    for (const start = performance.now(); ; await sleep(100)) {
      const answer = await fetch(`${this.address}/api/recommendations`, init);
      const text = await answer.text();
      if (answer.ok) return;
      if (answer.status !== 503 || performance.now() - start > milliseconds) throw new Error(text);
    }
  }

  /** Seconds of processor time so far. */
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

  /** Is told, in a sentence, when the server ends without having been asked to. */
  onEnd(told: (how: string) => void): void {
    this.child.once('exit', () => {
      if (!this.ending) told(this.howEnded()!);
    });
  }

  /** In a sentence; null while it runs. */
  private howEnded(): string | null {
    const { exitCode, signalCode } = this.child;
    if (signalCode !== null) return `The server was ended by ${signalCode}.`;
    return exitCode === null ? null : `The server ended with code ${exitCode}.`;
  }

  /** Milliseconds that the server's event loop was late, 99th percentile and at most since the last call; its own timer's 10 ms are not counted. */
  async eventLoop(): Promise<{ readonly p99: number; readonly most: number }> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
    const late = (name: string): number => {
      const seconds = new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)$`, 'm').exec(text)?.[1];
      return Math.max(0, 1000 * Number(seconds) - EVENT_LOOP_TIMER);
    };
    return { p99: late('p99'), most: late('max') };
  }

  /** What held the main thread since the last call; `routes/hold.ts` must have been loaded. */
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
