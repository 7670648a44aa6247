import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SegueError } from '../errors.ts';
import type { OnProgress } from '../math/progress.ts';

const TRAIN = fileURLToPath(new URL('../../spark/train.py', import.meta.url));
/** Lines of Python's and Spark's own output to keep, in case the job dies without a message of its own. */
const KEPT_LINES = 20;

export interface SparkJob {
  /** Spark's master: spark://host:7077, local[2], yarn, … */
  readonly master: string;
  readonly model: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Folder from `segue export parquet`, and a new one for the result; all workers must see both under these paths. */
  readonly data: string;
  readonly out: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** The Python with pyspark: SEGUE_SPARK_PYTHON, or else python3. */
const python = (): string => process.env.SEGUE_SPARK_PYTHON ?? 'python3';

/**
 * Runs a job of spark/train.py to completion; `out` can then be adopted.
 * @throws SegueError JOB_FAILED when Python or pyspark is missing, the master does not respond or the job fails; CANCELLED
 */
export async function runSparkJob(job: SparkJob): Promise<void> {
  const { master, model, config, data, out, signal, onProgress } = job;
  const args = [TRAIN, model, '--master', master, '--data', data, '--out', out, '--config', JSON.stringify(config)];
  const child = spawn(python(), args, { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  // The job is its own process group, so that Python and the JVM that it starts end together.
  const stop = (): void => {
    if (child.pid) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
  };
  signal?.addEventListener('abort', stop, { once: true });
  let failure = '';
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line.slice(0, 500));
    if (log.length > KEPT_LINES) log.shift();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = parse(line);
    if (typeof said?.error === 'string') failure = said.error;
    else if (typeof said?.fraction === 'number')
      onProgress?.({ fraction: said.fraction, note: String(said.note ?? '') });
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) => reject(failed(`${python()} cannot be started`, cause)));
    child.on('close', resolve);
  }).finally(() => signal?.removeEventListener('abort', stop));
  if (signal?.aborted) throw new SegueError('CANCELLED', { got: 'The job on Spark was stopped; nothing was changed' });
  if (code === 0) return;
  const missing = log.find((line) => /No module named/.test(line));
  throw failed(
    `The job on ${master} failed: ${failure || missing || log.at(-1) || `Python ended with code ${code}`}`.slice(
      0,
      600,
    ),
  );
}

const failed = (got: string, cause?: unknown): SegueError =>
  new SegueError('JOB_FAILED', {
    got,
    expected: 'a Python with the packages of spark/requirements.txt, Java 17, and a master that answers',
    remedy: 'Set SEGUE_SPARK_PYTHON to that Python and check the address of the master; the model in use is unchanged',
    cause,
  });

function parse(line: string): { error?: unknown; fraction?: unknown; note?: unknown } | null {
  try {
    return JSON.parse(line) as { error?: unknown } | null;
  } catch {
    return null;
  }
}
