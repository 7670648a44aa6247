import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What may be set from outside, in one place: environment variables and their defaults. */
export const DEFAULT_LIBRARY = './library';
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8787;
/** Where `npm run build` puts the browser app. */
export const WEB_ROOT = fileURLToPath(new URL('../web/dist/', import.meta.url));

export const libraryFolder = (option?: string, env: NodeJS.ProcessEnv = process.env): string =>
  option ?? (env.SEGUE_LIBRARY || DEFAULT_LIBRARY);

/** Address of the PostgreSQL that keeps the listeners; undefined = they are kept in the library folder. It may hold a password: never print it. */
export const databaseUrl = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.SEGUE_DATABASE_URL || undefined;

/** The version of this installation, from package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
