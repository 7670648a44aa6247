import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** The lower bound for probes: an idle server, probed in the same run. */
export class BareServer {
  readonly address: string;
  private readonly child: ChildProcess;

  private constructor(address: string, child: ChildProcess) {
    this.address = address;
    this.child = child;
  }

  static async start(): Promise<BareServer> {
    const child = fork(new URL('./bare-server.ts', import.meta.url), { execArgv: [] });
    const [port] = (await once(child, 'message')) as [number];
    return new BareServer(`http://127.0.0.1:${port}`, child);
  }

  async end(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
