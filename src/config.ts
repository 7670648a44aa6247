import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Defaults of what may be set from outside (src/configuration). */
export const DEFAULT_LIBRARY = './library';
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8787;
/** Where `npm run build` puts the browser app. */
export const WEB_ROOT = fileURLToPath(new URL('../web/dist/', import.meta.url));

/** The version of this installation, from package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
