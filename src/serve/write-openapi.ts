import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Metrics } from '../recommend/metrics.ts';
import { buildApp } from './app.ts';
import type { ServeContext } from './context.ts';
import { Jobs } from './jobs.ts';

/** The OpenAPI document of every route, without a library. */
export async function openApiDocument(): Promise<string> {
  // No handler runs: routes only describe themselves here.
  const context = {
    engine: { metrics: new Metrics() } as ServeContext['engine'],
    jobs: new Jobs(
      async () => {},
      async () => {},
    ),
    report: async () => null,
  };
  const app = await buildApp(context);
  await app.ready();
  const document = JSON.stringify(app.swagger(), null, 2);
  await app.close();
  return `${document}\n`;
}

/** `node src/serve/write-openapi.ts [file]` writes the document for the typed web client. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(
    process.argv[2] ?? fileURLToPath(new URL('../../web/openapi.json', import.meta.url)),
    await openApiDocument(),
  );
}
