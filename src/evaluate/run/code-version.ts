import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SegueError } from '../../errors.ts';
import { MODELS } from '../../models/registry.ts';

const SOURCES = new URL('../../', import.meta.url);
/** Imports every model's file. */
const REGISTRY = new URL('models/registry.ts', SOURCES);
/** Determines the cases, and how models are queried. */
const COMMON = ['evaluate/run/execution.ts', 'evaluate/registry.ts'].map((path) => new URL(path, SOURCES));
/** The compiled kernels are one file: whatever loads it depends on all of their sources. */
const KERNELS = new URL('math/kernels/kernels.ts', SOURCES);
const ASSEMBLY = new URL('math/kernels/assembly/', SOURCES);

/** Matches imports and exports from our own files, worker files, and dynamic imports. */
const REFERENCES = [
  /\b(?:from|import)\s+'(\.[^']+\.ts)'/g,
  /\bnew URL\('([^':]+\.ts)', import\.meta\.url\)/g,
  /\bimport\('(\.[^']+\.ts)'\)/g,
];

const texts = new Map<string, Promise<string>>();
const read = (url: string): Promise<string> => {
  let text = texts.get(url);
  if (!text) {
    text = readFile(new URL(url), 'utf8');
    texts.set(url, text);
  }
  return text;
};

/**
 * All source files reachable from the given files by imports, including themselves, as URLs.
 * @param without files that are neither included nor followed
 */
export async function sourcesOf(roots: readonly URL[], without: ReadonlySet<string> = new Set()): Promise<Set<string>> {
  const found = new Set<string>();
  const open = roots.map((url) => url.href);
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (found.has(url) || without.has(url)) continue;
    found.add(url);
    const text = await read(url);
    for (const pattern of REFERENCES)
      for (const [, path] of text.matchAll(pattern)) open.push(new URL(path!, url).href);
    if (url === KERNELS.href) for (const name of await readdir(ASSEMBLY)) open.push(new URL(name, ASSEMBLY).href);
  }
  return found;
}

/** The file of a registered model: `<id>.ts` or `<id>/<id>.ts`, which must export that very model. Null for an unregistered model. */
export async function fileOfModel(id: string): Promise<URL | null> {
  const model = MODELS.find((known) => known.id === id);
  if (!model) return null;
  for (const path of [`${id}.ts`, `${id}/${id}.ts`]) {
    const file = new URL(path, REGISTRY);
    if (!existsSync(file)) continue;
    const exported = (await import(file.href)) as Record<string, unknown>;
    if (Object.values(exported).includes(model)) return file;
  }
  throw new SegueError('INTERNAL', { got: `No file of the model "${id}" exports it` });
}

const versions = new Map<string, Promise<string>>();

/**
 * Fingerprint of the code that determines a model's answers, 16 hex digits: the model's own file and everything it imports, and the code that makes
 * and runs the cases. An unregistered model is taken to depend on every model. Sources are read once per process.
 */
export function codeVersion(model: string): Promise<string> {
  let version = versions.get(model);
  if (!version) {
    version = fingerprintOf(model);
    versions.set(model, version);
  }
  return version;
}

async function fingerprintOf(model: string): Promise<string> {
  const own = await fileOfModel(model);
  const common = await sourcesOf(COMMON, own ? new Set([REGISTRY.href]) : new Set());
  const files = new Set([...common, ...(await sourcesOf([own ?? REGISTRY]))]);
  const hash = createHash('sha256');
  for (const url of [...files].sort())
    hash.update(`${fileURLToPath(url).slice(fileURLToPath(SOURCES).length)}\n${await read(url)}\n`);
  return hash.digest('hex').slice(0, 16);
}
