import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { VERSION } from '../../config.ts';
import { SegueError } from '../../errors.ts';
import { errorAnswer } from '../errors.ts';
import { isLoopback } from '../host-names.ts';
import { cannotListen } from '../listen.ts';
import { type ServerState, SharedState } from './shared-state.ts';
import type { Listening, ProbeSetup, Refusals } from './thread.ts';

const THREAD = new URL('./thread.ts', import.meta.url);
/** Megabytes of the thread's heap. */
const LIMITS = { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 2 };

export interface ProbeTimes {
  /** Milliseconds between two beats of the main thread. */
  readonly beatEvery: number;
  /** Milliseconds that count as a second of silence. */
  readonly second: number;
  /** Milliseconds until a thread that has ended is restarted. */
  readonly again: number;
}

const TIMES: ProbeTimes = { beatEvery: 1000, second: 1000, again: 1000 };

const body = (got: string, expected: string): string =>
  JSON.stringify(errorAnswer(new SegueError('USAGE', { got, expected })));
const REFUSALS: Refusals = {
  path: JSON.stringify(
    errorAnswer(new SegueError('NOT_FOUND', { got: 'This port has no such path', expected: '/healthz or /readyz' })),
  ),
  method: body('The request is no question', 'GET or HEAD'),
  host: body('The request addresses another host', 'the address of this server, or a name of --allowed-host'),
};

/** Address at which probes are answered. */
export interface ProbeAddress {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
}

/**
 * Answers `/healthz` and `/readyz` on a port and a thread of their own, whatever the main thread is doing. The answers come from shared memory: the
 * main thread writes its state on every change and once a second, which also shows that it runs.
 */
export class ProbePort {
  private readonly shared = new SharedState();
  private readonly state: () => ServerState;
  private readonly failed: () => void;
  private readonly times: ProbeTimes;
  private readonly beat: NodeJS.Timeout;
  private setup: ProbeSetup;
  private worker: Worker;
  private again: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(where: ProbeAddress, state: () => ServerState, failed: () => void, times: ProbeTimes) {
    this.state = state;
    this.failed = failed;
    this.times = times;
    this.setup = {
      ...where,
      memory: this.shared.memory,
      loopback: isLoopback(where.host),
      beatEvery: times.beatEvery,
      second: times.second,
      version: VERSION,
      refusals: REFUSALS,
    };
    this.tell();
    this.beat = setInterval(() => {
      this.shared.beat();
      this.tell();
    }, times.beatEvery);
    this.beat.unref();
    this.worker = this.start();
  }

  /**
   * @param state the server's current state @param failed is called when the thread has ended by itself, before it is restarted @throws SegueError
   * USAGE when the port is taken or not allowed
   */
  static async open(
    where: ProbeAddress,
    state: () => ServerState,
    failed: () => void,
    times: ProbeTimes = TIMES,
  ): Promise<ProbePort> {
    const port = new ProbePort(where, state, failed, times);
    try {
      const [told] = (await once(port.worker, 'message')) as [Listening];
      if ('code' in told) throw cannotListen(told, where, '--health-port');
      // A port picked by the system is kept when the thread is restarted.
      port.setup = { ...port.setup, port: told.port };
      port.watch();
      return port;
    } catch (error) {
      await port.close();
      throw error;
    }
  }

  get address(): string {
    const { host, port } = this.setup;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Writes the state at once. */
  tell(): void {
    this.shared.write(this.state());
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.beat);
    clearTimeout(this.again);
    await this.worker.terminate();
  }

  private start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.setup, execArgv: [], resourceLimits: LIMITS });
    worker.unref();
    return worker;
  }

  private watch(): void {
    // An exit event follows, even if the thread could not listen.
    this.worker.on('error', () => {});
    this.worker.once('exit', () => {
      if (this.closed) return;
      this.failed();
      this.again = setTimeout(() => {
        this.worker = this.start();
        this.watch();
      }, this.times.again);
      this.again.unref();
    });
  }
}
