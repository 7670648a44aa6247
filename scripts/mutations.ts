import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { MUTATIONS, type Mutation } from './mutations/list.ts';

/**
 * `npm run mutations -- [--only TEXT]`: makes each wrong change of scripts/mutations/list.ts in a copy of the repository, runs the test file named
 * for it, and prints whether that test failed. Exits with 1 when a mutation survived, no longer fits the code, or its test fails without it.
 * --only: mutations whose name contains the text.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TIMEOUT = 10 * 60_000;
const run = promisify(execFile);

/** Whether the test file passes in the copy. */
async function passes(copy: string, test: string): Promise<boolean> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  // Set by a surrounding test run; with it, the runner would regard itself as nested.
  delete env.NODE_TEST_CONTEXT;
  try {
    await run(process.execPath, ['--test', test], { cwd: copy, env, timeout: TIMEOUT, maxBuffer: 64 << 20 });
    return true;
  } catch {
    return false;
  }
}

/** Copies the tracked files and the built kernels to a separate folder; packages are shared. */
async function copyOfRepository(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'segue-mutations-'));
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    maxBuffer: 64 << 20,
  });
  for (const file of stdout.split('\0').filter((name) => name !== ''))
    await cp(join(ROOT, file), join(copy, file), { recursive: true, force: true }).catch((error: unknown) => {
      // Deleted, but not committed yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  for (const built of ['build', 'web/dist']) await cp(join(ROOT, built), join(copy, built), { recursive: true });
  for (const packages of ['node_modules', 'web/node_modules'])
    await symlink(join(ROOT, packages), join(copy, packages)).catch(() => {});
  return copy;
}

async function outcomeOf(copy: string, { file, from, to, test }: Mutation): Promise<'killed' | 'SURVIVED' | 'STALE'> {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  if (text.split(from).length !== 2) return 'STALE';
  try {
    await writeFile(path, text.split(from).join(to));
    return (await passes(copy, test)) ? 'SURVIVED' : 'killed';
  } finally {
    await writeFile(path, text);
  }
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const chosen = MUTATIONS.filter(({ name }) => name.includes(values.only));
const copy = await copyOfRepository();
try {
  const sound = new Map<string, boolean>();
  const rows: string[][] = [];
  for (const mutation of chosen) {
    const { name, test } = mutation;
    if (!sound.has(test)) sound.set(test, await passes(copy, test));
    const outcome = sound.get(test) ? await outcomeOf(copy, mutation) : 'TEST FAILS WITHOUT IT';
    rows.push([name, test, outcome]);
    process.stderr.write(`${rows.length}/${chosen.length} ${name}: ${outcome}\n`);
  }
  const table = [['mutation', 'test', 'outcome'], ...rows];
  const widths = [0, 1, 2].map((c) => Math.max(...table.map((row) => row[c]!.length)));
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join('  ')
        .trimEnd()}\n`,
    );
  const killed = rows.filter((row) => row[2] === 'killed').length;
  process.stdout.write(`${killed} of ${rows.length} killed\n`);
  if (killed < rows.length) process.exitCode = 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}
