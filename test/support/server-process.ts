import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './source-files.ts';

/** A free port of the loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A real `segue serve` on its own port, which can be killed and restarted over the same library. */
export class ServerProcess {
  readonly address: string;
  private readonly args: readonly string[];
  private readonly env: NodeJS.ProcessEnv;
  /** Cache of compiled code from earlier starts, which halves the next start's time. */
  private readonly cache: string;
  private child: ChildProcess | null = null;
  /** Its output since the last start. */
  printed = '';

  private constructor(port: number, args: readonly string[], env: NodeJS.ProcessEnv, cache: string) {
    this.cache = cache;
    this.address = `http://127.0.0.1:${port}`;
    this.args = args;
    this.env = env;
  }

  /** @param library its folder; compiled code is kept beside it. `node` = further arguments for Node itself */
  static async start(
    library: string,
    { env = {}, node = [] }: { env?: NodeJS.ProcessEnv; node?: readonly string[] } = {},
  ): Promise<ServerProcess> {
    const port = await freePort();
    const args = [...node, `${ROOT}src/cli/main.ts`, '--library', library, 'serve', '--port', String(port)];
    const server = new ServerProcess(port, args, env, `${library}-compiled`);
    await server.run();
    return server;
  }

  /** Starts it and waits until it accepts queries. */
  async run(): Promise<void> {
    this.printed = '';
    const child = spawn(process.execPath, this.args, {
      env: { ...process.env, NODE_COMPILE_CACHE: this.cache, ...this.env },
      // Over this channel it notices when the test ends early.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr!.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.child = child;
    while (!(await this.get('/readyz'))?.ok) {
      if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}: ${this.printed}`);
      await sleep(20);
    }
  }

  /** Null when there is no response. */
  get(path: string): Promise<Response | null> {
    return fetch(this.address + path).catch(() => null);
  }

  post(path: string, body: unknown): Promise<Response | null> {
    const headers = { 'content-type': 'application/json' };
    return fetch(this.address + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  }

  get alive(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** Ends it, by default as `kill -9` does, and waits. @returns its exit code, null when the signal ended it */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }
}
