import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/server-process.ts';
import { ROOT } from '../../test/support/source-files.ts';

/** Clock ticks per second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

/** A real server, with the processor time and memory that the system says it uses. */
export class MeasuredServer {
  readonly address: string;
  private readonly child: ChildProcess;

  private constructor(address: string, child: ChildProcess) {
    this.address = address;
    this.child = child;
  }

  static async start(library: string): Promise<MeasuredServer> {
    const port = await freePort();
    const args = [`${ROOT}src/cli/main.ts`, '--library', library, 'serve', '--port', String(port)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const server = new MeasuredServer(`http://127.0.0.1:${port}`, child);
    while (!(await fetch(`${server.address}/readyz`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
      await sleep(100);
    }
    return server;
  }

  /** Seconds of processor time so far. */
  cpu(): number {
    const fields = this.proc('stat').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }

  /** Resident memory, in bytes. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(this.proc('status'))![1]) * 1024;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  private proc(name: string): string {
    return readFileSync(`/proc/${this.child.pid}/${name}`, 'latin1');
  }
}
