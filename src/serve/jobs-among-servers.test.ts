import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { openRepository } from '../listeners/open.ts';
import { type JobRunner, Jobs } from './jobs.ts';
import { oneAmongServers } from './jobs-among-servers.ts';

const trained = async (): Promise<void> => {};

test('a job is refused with an explanation while another server runs one; a busy library keeps its own error', () =>
  withTemporary(async (dir) => {
    const repositories = [await openRepository(dir), await openRepository(dir)] as const;
    const [here, elsewhere] = repositories.map((repository) => ({ repository: async () => repository }));
    const outcome = async (run: JobRunner) => {
      const jobs = new Jobs(oneAmongServers(here!, run), async () => {});
      const { id } = jobs.start({ kind: 'train' });
      await jobs.ended(id);
      return jobs.get(id);
    };
    try {
      const going = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const other = oneAmongServers(elsewhere!, async () => {
        begun.resolve();
        await going.promise;
      })({ kind: 'train' }, () => {}, new AbortController().signal);
      await begun.promise;
      const refused = await outcome(trained);
      assert.equal(refused.state, 'failed');
      assert.equal(refused.code, 'LIBRARY_BUSY');
      assert.match(refused.error!, /^Another server of this library is running a job/);
      going.resolve();
      await other;
      assert.equal((await outcome(trained)).state, 'done');
      const busy = await outcome(async () => {
        throw new SegueError('LIBRARY_BUSY', { got: 'The library is being changed by process 1' });
      });
      assert.match(busy.error!, /^The library is being changed/);
    } finally {
      for (const repository of repositories) await repository.close();
    }
  }));
