import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, parse } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { signedIn } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { fromHere } from '../from-here.ts';
import { jobSchema } from '../jobs.ts';

const MOST_PATH = 4096;

const body = Type.Object(
  {
    folder: Type.String({
      minLength: 1,
      maxLength: MOST_PATH,
      description: 'absolute path of a folder on the machine that runs the server',
    }),
    embedding: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'also analyse each file with musicnn, whose weights must be installed',
      }),
    ),
  },
  { additionalProperties: false },
);

const possibleSchema = Type.Object({
  possible: Type.Boolean({ description: 'whether the caller may analyse folders on this machine' }),
  embedding: Type.Boolean({ description: 'whether the weights of musicnn are installed' }),
});

/** Music files on the server's machine. With sign-in, administrators can start an analysis; without sign-in, requests from the same machine can. */
export const analyses: Routes = (app, { jobs, accounts, networkThere }) => {
  const allowed = (request: FastifyRequest): boolean =>
    accounts ? signedIn(request)?.role === 'administrator' : fromHere(request.headers, request.socket.remoteAddress);
  app.get(
    '/api/analyses',
    {
      schema: {
        operationId: 'analysesPossible',
        summary: 'Whether music files on the server’s machine can be analysed, and with what',
        tags: ['library'],
        response: { 200: possibleSchema, ...errorResponses },
      },
    },
    async (request) => ({ possible: allowed(request), embedding: networkThere?.() ?? false }),
  );
  app.post(
    '/api/analyses',
    {
      schema: {
        operationId: 'analyse',
        summary: 'Measure the sound of the music files in a folder on the server’s machine; returns the job',
        tags: ['library'],
        body,
        response: { 202: jobSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      if (!allowed(request))
        throw new SegueError('NOT_ALLOWED', {
          got: 'Folders on this machine cannot be analysed from elsewhere without sign-in',
          expected: 'a request from this machine',
          remedy: 'Open the page on the machine that runs Segue, or start Segue with --sign-in',
        });
      const { folder, embedding = false } = request.body;
      return reply.status(202).send(jobs.start({ kind: 'analyse', folder: await musicFolder(folder), embedding }));
    },
  );
};

/** @returns the folder's real path @throws SegueError USAGE, FILE_UNREADABLE */
async function musicFolder(given: string): Promise<string> {
  const path = given.trim();
  if (!isAbsolute(path) || path.includes('\0'))
    throw new SegueError('USAGE', {
      got: `"${path.slice(0, 200)}" is not an absolute path`,
      expected: 'the full path of a folder, e.g. /home/ada/Music',
    });
  const folder = await realpath(path).catch(() => null);
  if (folder === null || !(await stat(folder).catch(() => null))?.isDirectory())
    throw new SegueError('FILE_UNREADABLE', {
      got: `${path.slice(0, 200)} is not a folder on the machine that runs Segue`,
      expected: 'a folder of music files',
    });
  if (folder === parse(folder).root)
    throw new SegueError('USAGE', { got: 'The folder is an entire disk', expected: 'a folder of music files' });
  return folder;
}
