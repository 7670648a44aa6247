import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const CENTRAL = 'https://repo1.maven.org/maven2/';
const LIST = new URL('./jars.txt', import.meta.url);
/** Concurrent downloads. */
const LANES = 6;

interface Jar {
  readonly sha256: string;
  readonly path: string;
}

async function jars(): Promise<Jar[]> {
  const lines = (await readFile(LIST, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [sha256, path] = line.split(' ') as [string, string];
    return { sha256, path };
  });
}

/**
 * Downloads the missing jars of a Kafka broker from Maven Central into a folder; a file with a wrong hash is discarded.
 * @param get fetches the content of an address; tests pass their own
 */
export async function fetchKafka(
  folder: string,
  say: (text: string) => void,
  get: (address: string) => Promise<Uint8Array> = download,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const missing = (await jars()).filter(({ path }) => !existsSync(join(folder, basename(path))));
  if (missing.length === 0) return;
  say(`Fetching ${missing.length} jars of Apache Kafka from ${CENTRAL}, 44 MB in all`);
  const lane = async (): Promise<void> => {
    for (let jar = missing.pop(); jar; jar = missing.pop()) {
      const content = await get(CENTRAL + jar.path);
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (sha256 !== jar.sha256)
        throw new Error(`${jar.path} has the SHA-256 ${sha256}, expected ${jar.sha256}; it was not kept.`);
      const file = join(folder, basename(jar.path));
      await writeFile(`${file}.part`, content);
      await rename(`${file}.part`, file);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function download(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${address} answered with ${response.status}`);
  return response.bytes();
}
