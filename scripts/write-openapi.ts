import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Explorer } from '../src/explore/explorer.ts';
import { Library } from '../src/library/library.ts';
import { openHousehold } from '../src/listeners/personal/household.ts';
import { Engine } from '../src/recommend/engine.ts';
import { MemoryLibrary } from '../src/recommend/memory-library.ts';
import { openAccess } from '../src/serve/access.ts';
import { buildApp } from '../src/serve/app.ts';
import { Jobs } from '../src/serve/jobs.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';

/** The OpenAPI document of every route. No handler runs, so a library in memory suffices. */
export async function openApiDocument(): Promise<string> {
  const library = new MemoryLibrary(demoDataset({ tracks: 50, playlists: 5, seed: 1 }));
  const nothing = async (): Promise<void> => {};
  const engine = await Engine.open(library);
  const app = await buildApp({
    engine,
    explorer: new Explorer(engine),
    jobs: new Jobs(nothing, nothing),
    household: openHousehold(await Library.open('no-such-folder'), undefined),
    access: openAccess,
    report: async () => null,
    connected: () => Promise.reject(new Error('no handler runs')),
  });
  await app.ready();
  const document = JSON.stringify(app.swagger(), null, 2);
  await app.close();
  return `${document}\n`;
}

/** `npm run openapi [file]` writes the document for the typed web client. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(
    process.argv[2] ?? fileURLToPath(new URL('../web/openapi.json', import.meta.url)),
    await openApiDocument(),
  );
}
