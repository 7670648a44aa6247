import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fastify from 'fastify';
import { SegueError } from '../../errors.ts';
import type { App, ServeContext } from '../context.ts';
import { type ErrorAnswer, handleErrors } from '../errors.ts';
import { Jobs, type JobWork } from '../jobs.ts';
import { receive, uploadName } from '../uploads.ts';
import { imports } from './imports.ts';

test('names are made safe; bodies beyond the limit or without content leave nothing behind', async () => {
  assert.equal(uploadName('../../etc/pass\u0000wd'), 'pass_wd');
  assert.equal(uploadName('C:\\music\\My list (1).csv'), 'My list (1).csv');
  assert.equal(uploadName('..'), 'upload');
  await assert.rejects(receive(Readable.from([Buffer.alloc(11)]), 'big.csv', 10), { code: 'BODY_TOO_LARGE' });
  await assert.rejects(receive(Readable.from([]), 'none.csv'), { code: 'USAGE' });
  const upload = await receive(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 'x.csv', 3);
  assert.equal(await readFile(upload.path, 'utf8'), 'abc');
  await upload.discard();
  assert.equal(existsSync(dirname(upload.path)), false);
});

test('an uploaded file is read by a job, and deleted when the job has ended', async () => {
  const seen: { work: JobWork; text: string }[] = [];
  const jobs = new Jobs(
    async (work, onProgress) => {
      seen.push({ work, text: work.kind === 'import' ? await readFile(work.path, 'utf8') : '' });
      onProgress({ fraction: 1, model: null, note: 'Read 1 song.' });
      if (work.kind === 'forget') throw new SegueError('NOT_FOUND', { got: 'no such file' });
    },
    async () => {},
  );
  const app = fastify() as unknown as App;
  handleErrors(app);
  imports(app, { jobs } as unknown as ServeContext);
  const post = (query: string, type = 'application/octet-stream') =>
    app.inject({
      method: 'POST',
      url: `/api/imports?${query}`,
      headers: { 'content-type': type },
      payload: 'id,name\n',
    });

  const answer = await post('source=tracks&name=my%20songs.csv');
  assert.equal(answer.statusCode, 202);
  await jobs.ended(answer.json<{ id: string }>().id);
  const [{ work, text }] = seen as [{ work: JobWork & { kind: 'import' }; text: string }];
  assert.deepEqual([work.source, text], ['tracks', 'id,name\n']);
  assert.match(work.path, /my songs\.csv$/);
  assert.equal(jobs.get('job-1').note, 'Read 1 song.');
  await new Promise(setImmediate);
  while (existsSync(work.path)) await new Promise(setImmediate);

  const without = await app.inject({ method: 'POST', url: '/api/imports?source=tracks&name=x' });
  assert.deepEqual([without.statusCode, without.json<ErrorAnswer>().error.got], [400, 'The file is empty']);
  assert.equal((await post('source=demo&name=x')).statusCode, 400, 'only sources of files');
  assert.equal((await post('source=tracks&name=x', 'text/plain')).statusCode, 400, 'no form can post it');
  const forgotten = await app.inject({ method: 'DELETE', url: '/api/imports?file=my%20songs.csv' });
  await jobs.ended(forgotten.json<{ id: string }>().id);
  assert.equal(jobs.get('job-2').state, 'failed');
  await app.close();
});
