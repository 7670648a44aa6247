import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { SegueError } from '../errors.ts';
import type { App } from './context.ts';
import { errorAnswer, quote } from './errors.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Segue</title>
<h1>Segue is running</h1>
<p>The browser app is not built yet: run <code>npm run build</code> and reload this page.</p>
<p>The HTTP API is described at <a href="/api/docs">/api/docs</a>.</p>
</html>
`;

/** Serves the built browser app; addresses that the app routes itself get its page. Without a build, a page explains how to build it. */
export async function serveWeb(app: App, webRoot: string): Promise<void> {
  const built = existsSync(join(webRoot, 'index.html'));
  if (built)
    await app.register(fastifyStatic, {
      root: webRoot,
      index: ['index.html'],
      // File names of assets carry a hash of their content.
      setHeaders: (reply, path) => {
        void reply.header(
          'cache-control',
          path.includes(`${webRoot}assets`) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  else app.get('/', { schema: { hide: true } }, (_request, reply) => reply.type('text/html').send(NOT_BUILT));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const forPeople = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path);
    if (forPeople) return built ? reply.sendFile('index.html') : reply.type('text/html').send(NOT_BUILT);
    const error = new SegueError('NOT_FOUND', {
      got: `${request.method} ${quote(path)} is not a route of this server`,
      expected: 'a route listed at /api/docs',
    });
    return reply.status(error.status).send(errorAnswer(error));
  });
}
