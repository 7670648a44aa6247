import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import yazl from 'yazl';

const ROOT = new URL('../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, ROOT));

/** Timestamp of all entries, so that equal plugins have equal bytes. */
const MTIME = new Date(2026, 0, 1);

interface Manifest {
  permissions: { http: { requiredHosts: string[] } };
}

/**
 * Packs the compiled plugin for Navidrome.
 * @param hosts names or addresses of the machine that runs Segue, in addition to the usual ones; Navidrome lets a plugin contact no others
 */
export async function packPlugin(out: string, hosts: readonly string[] = []): Promise<void> {
  const manifest = JSON.parse(readFileSync(path('plugins/navidrome/manifest.json'), 'utf8')) as Manifest;
  manifest.permissions.http.requiredHosts.push(...hosts);
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json', { mtime: MTIME });
  zip.addBuffer(readFileSync(path('build/navidrome/plugin.wasm')), 'plugin.wasm', { mtime: MTIME });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(out));
}

/** `npm run build:plugin -- [host…]` */
if (process.argv[1] === fileURLToPath(import.meta.url))
  await packPlugin(path('build/segue.ndp'), process.argv.slice(2));
