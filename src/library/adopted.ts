import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../errors.ts';
import { readRowGroups } from '../sources/parquet-set/columns.ts';
import type { SetColumn, SetTable } from '../sources/parquet-set/tables.ts';

/** Raised when the meaning of job.json or of the jobs' tables changes; spark/jobs/tables.py holds the same number. */
const JOB_VERSION = 1;

/** A job's description in job.json, which it writes last. */
export interface Job {
  readonly version: number;
  readonly model: string;
  readonly config: Record<string, unknown>;
  /** Dataset.catalogueId of the set on which it was trained. */
  readonly catalogueId: string;
  readonly meta: Record<string, unknown>;
}

/** Columns of a whole table; a list column of vectors is flattened row by row. */
export interface JobTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Int32Array | Float32Array>>;
}

const refuse = (got: string, expected: string, cause?: unknown): SegueError =>
  new SegueError('FILE_UNREADABLE', { got, expected, remedy: 'Run the job again', cause });

/** @throws SegueError FILE_UNREADABLE when the job did not finish or the folder is something else, FORMAT_NEWER */
export async function readJob(folder: string): Promise<Job> {
  let job: Partial<Job> | null;
  try {
    job = JSON.parse(await readFile(join(folder, 'job.json'), 'utf8')) as Partial<Job> | null;
  } catch (cause) {
    throw refuse(`${folder} has no job.json`, 'the output folder of a finished Spark job', cause);
  }
  if (typeof job?.version === 'number' && job.version > JOB_VERSION)
    throw new SegueError('FORMAT_NEWER', {
      got: `${folder} was written by jobs of version ${job.version}`,
      expected: `version ${JOB_VERSION} or earlier`,
      remedy: 'Update Segue, or run the jobs of this version',
    });
  const record = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (typeof job?.model !== 'string' || typeof job.catalogueId !== 'string' || !record(job.config) || !record(job.meta))
    throw refuse(`${folder}/job.json is damaged`, 'model, config, catalogueId and meta');
  return job as Job;
}

/**
 * Reads a whole table of a job: int32 columns, floats, and vectors of one length.
 * @throws SegueError FILE_UNREADABLE (missing, damaged, numbers that are not finite, vectors of several lengths), COLUMNS_MISSING
 */
export async function readJobTable(folder: string, table: SetTable, signal?: AbortSignal): Promise<JobTable> {
  const path = join(folder, table.name);
  const names = (await readdir(path).catch(() => [])).filter((name) => /^[^._].*\.parquet$/i.test(name)).sort();
  if (names.length === 0) throw refuse(`${folder} has no table ${table.name}/`, 'the output of a finished job');
  const parts: Record<string, (Int32Array | Float32Array)[]> = {};
  for (const { name } of table.columns) parts[name] = [];
  let rows = 0;
  for (const name of names)
    for await (const group of readRowGroups(join(path, name), table, signal)) {
      rows += group.rows;
      if (group.rows > 0)
        for (const column of table.columns)
          parts[column.name]!.push(typed(group.get(column.name)!, column, `${table.name}/${name}`));
    }
  const columns: Record<string, Int32Array | Float32Array> = {};
  for (const { name, type } of table.columns) columns[name] = joined(parts[name]!, type === 'int32');
  return { rows, columns };
}

function typed(values: ArrayLike<unknown>, { name, type }: SetColumn, place: string): Int32Array | Float32Array {
  const wrong = (row: number): SegueError =>
    refuse(`${place} has ${String(values[row]).slice(0, 40)} as ${name} in row ${row + 1}`, `a ${type} in each row`);
  if (type === 'floats') return vectors(values, (row) => wrong(row));
  const out = type === 'int32' ? new Int32Array(values.length) : new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i] ?? Number.NaN);
    if (!Number.isFinite(value) || (type === 'int32' && !Number.isInteger(value))) throw wrong(i);
    out[i] = value;
  }
  return out;
}

function vectors(values: ArrayLike<unknown>, wrong: (row: number) => SegueError): Float32Array {
  const length = (values[0] as ArrayLike<number> | null)?.length ?? 0;
  const out = new Float32Array(values.length * length);
  for (let i = 0; i < values.length; i++) {
    const vector = values[i] as ArrayLike<number> | null;
    if (vector?.length !== length || length === 0) throw wrong(i);
    for (let d = 0; d < length; d++) {
      if (!Number.isFinite(vector[d])) throw wrong(i);
      out[i * length + d] = vector[d]!;
    }
  }
  return out;
}

function joined(parts: readonly (Int32Array | Float32Array)[], integers: boolean): Int32Array | Float32Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = integers ? new Int32Array(size) : new Float32Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
