import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs: SEGUE_TEST_POSTGRES, else the newest that Debian installed. */
function programs(): string | null {
  if (process.env.SEGUE_TEST_POSTGRES) return process.env.SEGUE_TEST_POSTGRES;
  if (!existsSync(DEBIAN)) return null;
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root; its own user exists if it was installed as a package. */
function user(): { uid: number; gid: number } | undefined | null {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** Why tests with PostgreSQL are skipped; false when they run. */
export const postgresLacks: string | false =
  programs() === null
    ? 'PostgreSQL is not installed; name the folder of its programs in SEGUE_TEST_POSTGRES'
    : user() === null
      ? 'PostgreSQL does not run as root, and there is no user postgres'
      : false;

export interface Postgres {
  readonly url: string;
  /** Kills it, as `kill -9` does. */
  crash(): void;
  start(): void;
  /** Stops it and removes its files. */
  stop(): void;
}

/** A separate, empty PostgreSQL on a free port of loopback. */
export async function startPostgres(): Promise<Postgres> {
  const bin = programs()!;
  const owner = user() ?? undefined;
  const dir = mkdtempSync(join(tmpdir(), 'segue-postgres-'));
  if (owner) chownSync(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  const run = (program: string, ...args: string[]): void => {
    execFileSync(join(bin, program), args, { ...owner, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const port = await freePort();
  const start = (): void =>
    run(
      'pg_ctl',
      '-D',
      data,
      '-l',
      join(dir, 'log'),
      '-w',
      '-o',
      `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1`,
      'start',
    );
  run('initdb', '-D', data, '-U', 'segue', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
  start();
  return {
    url: `postgres://segue@127.0.0.1:${port}/postgres`,
    crash: () => run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop'),
    start,
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
