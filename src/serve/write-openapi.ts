import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { buildApp } from './app.ts';
import { Jobs } from './jobs.ts';

/** The OpenAPI document of every route. No handler runs, so a library in memory will do. */
export async function openApiDocument(): Promise<string> {
  const library = new MemoryLibrary(demoDataset({ tracks: 50, playlists: 5, seed: 1 }));
  const nothing = async (): Promise<void> => {};
  const app = await buildApp({
    engine: await Engine.open(library),
    jobs: new Jobs(nothing, nothing),
    report: async () => null,
  });
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
