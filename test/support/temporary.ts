import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs with a temporary folder, which is removed afterwards. */
export async function withTemporary<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-test-'));
  try {
    return await use(dir);
  } finally {
    // A process that is just ending may still write there.
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** All items of an asynchronous sequence. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
