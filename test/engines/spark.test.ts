import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { trainElsewhere } from '../../src/cli/train-elsewhere.ts';
import { SegueError } from '../../src/errors.ts';
import { Library } from '../../src/library/library.ts';
import { decodeArtifact } from '../../src/models/artifact.ts';
import { adopt } from '../../src/recommend/adopt.ts';
import { train } from '../../src/recommend/train.ts';
import { demo } from '../../src/sources/demo/demo.ts';
import { PYTHON, pythonLacks } from '../support/python.ts';
import { ROOT } from '../support/source-files.ts';

function lacksJava(): string | false {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'Spark needs Java 17, and there is no java here';
  }
}

const skip = pythonLacks('pyspark') || lacksJava();
process.env.SEGUE_SPARK_PYTHON = PYTHON;

const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

const folder = await mkdtemp(join(tmpdir(), 'segue-spark-test-'));
after(() => rm(folder, { recursive: true, force: true }));

async function demoLibrary(): Promise<Library> {
  const library = await Library.open(join(folder, 'library'));
  await library.importFiles(demo, [], { options: { tracks: '400', playlists: '300', seed: '4' }, workers: 0 });
  return library;
}

/** Pairs with their strength: the order within a row is arbitrary. */
async function linksOf(library: Library): Promise<Map<string, number>> {
  const { arrays } = decodeArtifact((await library.loadModel('track-neighbours'))!, 'The model');
  const { ptr, idx, values } = arrays as { ptr: Int32Array; idx: Int32Array; values: Float32Array };
  const links = new Map<string, number>();
  for (let t = 0; t + 1 < ptr.length; t++)
    for (let e = ptr[t]!; e < ptr[t + 1]!; e++) links.set(`${t} ${idx[e]}`, values[e]!);
  return links;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a Spark daemon on loopback and waits until its log matches. */
async function daemon(args: readonly string[], ready: RegExp): Promise<ChildProcess> {
  const home = execFileSync(PYTHON, ['-c', 'import pyspark, os; print(os.path.dirname(pyspark.__file__))'], {
    encoding: 'utf8',
  }).trim();
  const child = spawn(join(home, 'bin', 'spark-class'), args, {
    env: { ...process.env, SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1', PYSPARK_PYTHON: PYTHON },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  await new Promise<void>((resolve, reject) => {
    let log = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (ready.test(log)) resolve();
    });
    child.on('exit', () => reject(new Error(`${args[0]} ended: ${log.slice(-500)}`)));
  });
  return child;
}

test('Spark trains the same model as Segue, locally and on a master that loses a worker', { skip }, async (t) => {
  const library = await demoLibrary();
  await train(library, { models: ['track-neighbours', 'popularity', 'als'] });
  const expected = await linksOf(library);

  await t.test('track-neighbours on local[2] gives the same links to 1e-6', async () => {
    const fractions: number[] = [];
    await trainElsewhere(library, 'track-neighbours', {
      master: 'local[2]',
      onProgress: ({ fraction }) => fractions.push(fraction),
    });
    const found = await linksOf(library);
    assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
    for (const [pair, strength] of expected) assert.ok(Math.abs(found.get(pair)! - strength) <= 1e-6 * strength, pair);
    assert.ok(fractions.length > 3 && fractions.every((f, i) => i === 0 || f >= fractions[i - 1]!), 'progress rises');
  });

  await t.test('als on a standalone master that loses one of two workers is complete', async () => {
    const port = await freePort();
    const master = `spark://127.0.0.1:${port}`;
    const java = 'org.apache.spark.deploy';
    await daemon(
      [`${java}.master.Master`, '--host', '127.0.0.1', '--port', String(port), '--webui-port', '0'],
      /I have been elected leader|New state: ALIVE/,
    );
    const workers: ChildProcess[] = [];
    for (const name of ['w1', 'w2']) {
      await mkdir(join(folder, name));
      workers.push(
        await daemon(
          [
            `${java}.worker.Worker`,
            ...['--host', '127.0.0.1', '--cores', '1', '--memory', '1g', '--webui-port', '0'],
            ...['--work-dir', join(folder, name), master],
          ],
          /Successfully registered/,
        ),
      );
    }
    let lost = false;
    const { id } = await trainElsewhere(library, 'als', {
      master,
      share: folder,
      set: { factors: 16, iterations: 4 },
      onProgress: ({ note }) => {
        if (!lost && note.startsWith('factorising')) {
          lost = true;
          workers[0]!.kill('SIGKILL');
        }
      },
    });
    assert.ok(lost && id === 'als');
    const artifact = decodeArtifact((await library.loadModel('als'))!, 'The model');
    assert.equal(artifact.config.factors, 16);
    assert.ok((artifact.arrays.table as Float32Array).every(Number.isFinite));
  });

  await t.test('an unreachable master, and a result for another state of the library, change nothing', async () => {
    const before = await library.loadModel('als');
    const failed = (error: unknown): boolean => error instanceof SegueError && error.code === 'JOB_FAILED';
    process.env.SEGUE_SPARK_PYTHON = 'no-such-python';
    await assert.rejects(trainElsewhere(library, 'als', { master: 'local[1]' }), failed);
    process.env.SEGUE_SPARK_PYTHON = PYTHON;
    await assert.rejects(trainElsewhere(library, 'als', { master: 'spark//nowhere' }), failed);
    const job = join(folder, 'old-job');
    await mkdir(job);
    const written = { version: 1, model: 'als', config: {}, catalogueId: 'another', meta: {} };
    await writeFile(join(job, 'job.json'), JSON.stringify(written));
    await assert.rejects(adopt(library, job), (e) => e instanceof SegueError && e.code === 'MODEL_MISMATCH');
    assert.deepEqual(await library.loadModel('als'), before);
  });
});

test('the jobs against naive oracles, in Python', { skip }, async () => {
  const tests = join(ROOT, 'spark', 'tests');
  execFileSync(PYTHON, ['-m', 'unittest', 'discover', '-q', tests], { stdio: 'pipe' });
  assert.match(await readFile(join(ROOT, 'spark', 'requirements.txt'), 'utf8'), /^pyspark==/m);
});
