import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTs, { astToString } from 'openapi-typescript';

const target = fileURLToPath(new URL('../src/api/schema.generated.ts', import.meta.url));

/** Types of the typed client, from `web/openapi.json`. */
export async function generateTypes(): Promise<string> {
  const document = new URL('../openapi.json', import.meta.url);
  return `// Generated from web/openapi.json by "npm run generate -w web"; not edited by hand.\n${astToString(await openapiTs(document))}`;
}

/** `node web/scripts/generate-types.ts` writes the types; with `--check` it only says whether they are current. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const types = await generateTypes();
  if (process.argv[2] !== '--check') await writeFile(target, types);
  else if ((await readFile(target, 'utf8')) !== types) {
    process.stderr.write('web/src/api/schema.generated.ts is out of date. Run: npm run generate -w web\n');
    process.exitCode = 1;
  }
}
