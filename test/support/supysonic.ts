import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Pass as a test's `skip` option. */
export const skipWithoutSupysonic = ['supysonic-cli', 'supysonic-server', 'ffmpeg'].every(has)
  ? false
  : 'supysonic and ffmpeg are not installed (apt-get install supysonic python3-waitress ffmpeg)';

export interface TaggedFile {
  title: string;
  artist: string;
  album: string;
  /** Frequency of the tone, in Hz. */
  tone: number;
}

/** A real Subsonic server over generated files. */
export class Supysonic {
  readonly address: string;
  readonly user = 'alice';
  readonly password = 'secret';
  readonly music: string;
  private readonly dir: string;
  private readonly child: ChildProcess;

  private constructor(dir: string, address: string, child: ChildProcess) {
    this.dir = dir;
    this.music = join(dir, 'music');
    this.address = address;
    this.child = child;
  }

  static async start(files: readonly TaggedFile[]): Promise<Supysonic> {
    const dir = mkdtempSync(join(tmpdir(), 'segue-supysonic-'));
    mkdirSync(join(dir, 'music'));
    files.forEach((file, i) => {
      tone(join(dir, 'music', `${String(i).padStart(2, '0')}.mp3`), file);
    });
    writeFileSync(
      join(dir, 'supysonic.conf'),
      `[base]\ndatabase_uri = sqlite:///${dir}/supysonic.db\n[webapp]\ncache_dir = ${dir}/cache\nlog_level = ERROR\n[daemon]\nsocket = ${dir}/daemon.sock\nrun_watcher = no\n`,
    );
    const cli = (...args: string[]): string =>
      execFileSync('supysonic-cli', args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' });
    cli('user', 'add', 'alice', '-p', 'secret');
    cli('folder', 'add', 'Music', join(dir, 'music'));
    cli('folder', 'scan', '-f');
    const port = await freePort();
    const child = spawn('supysonic-server', ['-S', 'waitress', '-h', '127.0.0.1', '-p', String(port)], {
      cwd: dir,
      stdio: 'ignore',
    });
    const server = new Supysonic(dir, `http://127.0.0.1:${port}`, child);
    await server.untilReady();
    return server;
  }

  rescan(): void {
    execFileSync('supysonic-cli', ['folder', 'scan', '-f'], { cwd: this.dir, stdio: 'pipe' });
  }

  /** Sets a password with the server's own tools, as its owner would. */
  setPassword(password: string): void {
    execFileSync('supysonic-cli', ['user', 'changepass', this.user, '-p', password], { cwd: this.dir, stdio: 'pipe' });
  }

  /** Ends the server; its files stay. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    for (const until = Date.now() + 60_000; Date.now() < until; ) {
      if (this.child.exitCode !== null) throw new Error(`supysonic-server ended with ${this.child.exitCode}`);
      const answers = await fetch(`${this.address}/rest/ping`).then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('supysonic-server does not answer');
  }
}

function tone(path: string, { title, artist, album, tone: hz }: TaggedFile): void {
  const tags = Object.entries({
    title,
    artist,
    album,
    album_artist: artist,
    date: '1999',
    genre: 'Test Rock',
    track: '1',
  });
  const metadata = tags.flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `sine=${hz}:d=2`,
    ...metadata,
    '-b:a',
    '64k',
    path,
  ]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
