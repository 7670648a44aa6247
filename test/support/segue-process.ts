import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from './source-files.ts';

/** A long-running `segue` command in its own process group, so that Ctrl-C in the terminal reaches only its parent. */
export class SegueProcess {
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.pid = child.pid!;
    this.ended = once(child, 'exit');
  }

  /** @param say receives each line that it prints */
  static start(library: string, args: readonly string[], say: (line: string) => void): SegueProcess {
    const child = spawn(process.execPath, [`${ROOT}src/cli/main.ts`, '--library', library, ...args], {
      detached: true,
      // Over this channel it notices when its parent is gone.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    createInterface({ input: child.stderr! }).on('line', (line) => say(`${args[0]}: ${line}`));
    return new SegueProcess(child);
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.ended;
  }
}
