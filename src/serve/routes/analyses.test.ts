import assert from 'node:assert/strict';
import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fastify from 'fastify';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { App, ServeContext } from '../context.ts';
import { type ErrorAnswer, handleErrors } from '../errors.ts';
import { type Job, Jobs, type JobWork } from '../jobs.ts';
import { analyses } from './analyses.ts';

/** The routes over jobs that only note what they were given. */
function world(context: Partial<ServeContext> = {}) {
  const works: JobWork[] = [];
  const jobs = new Jobs(
    async (work, onProgress) => {
      works.push(work);
      const damaged = [{ problem: 'No sound', count: 2, files: ['a.mp3', 'b.mp3'] }];
      onProgress({ fraction: 1, model: null, note: '3 music files, 3 analysed now.', damaged });
    },
    async () => {},
  );
  const app = fastify() as unknown as App;
  handleErrors(app);
  analyses(app, { jobs, ...context } as unknown as ServeContext);
  const post = (payload: object, headers = {}) =>
    app.inject({ method: 'POST', url: '/api/analyses', payload, headers });
  return { app, jobs, works, post };
}

test('analysing a folder is a job; its final message is the report, with damaged files by cause', () =>
  withTemporary(async (dir) => {
    const { app, jobs, works, post } = world({ networkThere: () => true });
    await mkdir(join(dir, 'Music'));
    await symlink(join(dir, 'Music'), join(dir, 'link'));
    const answer = await post({ folder: ` ${join(dir, 'link')} ` });
    assert.equal(answer.statusCode, 202);
    const { id } = answer.json<Job>();
    await jobs.ended(id);
    const folder = await realpath(join(dir, 'Music'));
    assert.deepEqual(works, [{ kind: 'analyse', folder, embedding: false }]);
    assert.deepEqual(
      [jobs.get(id).note, jobs.get(id).damaged],
      ['3 music files, 3 analysed now.', [{ problem: 'No sound', count: 2, files: ['a.mp3', 'b.mp3'] }]],
    );
    assert.deepEqual((await app.inject('/api/analyses')).json(), { possible: true, embedding: true });
    await app.close();
  }));

test('relative paths, files, missing folders and whole disks are refused', () =>
  withTemporary(async (dir) => {
    const { app, works, post } = world();
    await writeFile(join(dir, 'song.mp3'), 'x');
    for (const [folder, code] of [
      ['Music', 'USAGE'],
      ['../../etc', 'USAGE'],
      [`${dir}\0`, 'USAGE'],
      ['/', 'USAGE'],
      [join(dir, 'song.mp3'), 'FILE_UNREADABLE'],
      [join(dir, 'nowhere'), 'FILE_UNREADABLE'],
    ] as const)
      assert.equal((await post({ folder })).json<ErrorAnswer>().error.code, code, folder);
    assert.equal((await post({ folder: `/${'x'.repeat(5000)}` })).statusCode, 400);
    assert.deepEqual(works, []);
    await app.close();
  }));

test('without sign-in, only this machine is allowed; with sign-in, only administrators', () =>
  withTemporary(async (dir) => {
    const open = world();
    const forwarded = { 'x-forwarded-for': '192.0.2.7' };
    assert.equal((await open.post({ folder: dir }, forwarded)).json<ErrorAnswer>().error.code, 'NOT_ALLOWED');
    assert.deepEqual((await open.app.inject({ url: '/api/analyses', headers: forwarded })).json(), {
      possible: false,
      embedding: false,
    });
    const guarded = world({ accounts: {} as Accounts });
    assert.equal((await guarded.post({ folder: dir })).json<ErrorAnswer>().error.code, 'NOT_ALLOWED');
    assert.deepEqual([open.works, guarded.works], [[], []]);
    await open.app.close();
    await guarded.app.close();
  }));
