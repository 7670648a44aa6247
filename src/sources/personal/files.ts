import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { SegueError } from '../../errors.ts';
import { archiveInputs, listInputs, natural, streamInput } from '../input.ts';
import { streamText } from '../text.ts';
import type { Glimpse } from './format.ts';

/** File extensions of personal exports; other members of an archive (pictures, sound) are ignored. */
const TEXTS = /\.(?:json|jsonl|csv|tsv|txt|xml|html?|m3u8?|pls|xspf|jspf)(?:\.gz)?$/i;
const ARCHIVE = /\.zip$/i;
const EITHER = new RegExp(`${TEXTS.source}|${ARCHIVE.source}`, 'i');
/** Archives in archives: the parts of an export, zipped by the person, once more by a mail program. A deeper one is a file like any other. */
const DEEPEST_ARCHIVE = 3;
const JUNK = /^(?:__MACOSX$|\.)/;
/** An export of ListenBrainz has a file a month; nothing has more than this. */
const MOST_FILES = 20_000;
const DEEPEST = 12;
const GLIMPSE = 1 << 16;

/** A file to look at: how it is opened, what it is called inside its folder or archive, and what the person handed over. */
export interface Candidate {
  readonly input: string;
  readonly name: string;
  /** The file, folder or archive that the person named. */
  readonly parcel: string;
  /** Whether the person named this very file. */
  readonly named: boolean;
}

/** The files behind the paths: folders with all below them, archives by their members. @throws SegueError FILE_UNREADABLE */
export async function personalFiles(paths: readonly string[]): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const path of paths) {
    const folder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
    const inputs: string[] = [];
    if (folder) await walk(path, inputs, 0);
    else inputs.push(...(await opened(path)));
    for (const input of inputs.sort(natural))
      found.push({ input, name: innerName(input, folder ? path : null), parcel: path, named: input === path });
    if (found.length > MOST_FILES)
      throw new SegueError('FILE_UNREADABLE', {
        got: `${basename(path)} holds more than ${MOST_FILES} files`,
        expected: 'a personal export',
        remedy: 'Name the files directly',
      });
  }
  return found;
}

/** A file itself, or the members of an archive and of the archives in it; empty if there is nothing to read. */
async function opened(path: string, depth = 1): Promise<string[]> {
  if (!ARCHIVE.test(path)) return listInputs([path], TEXTS, 'a personal export');
  const inputs: string[] = [];
  for (const member of await archiveInputs(path, EITHER)) {
    if (!ARCHIVE.test(member)) inputs.push(member);
    else if (depth < DEEPEST_ARCHIVE) inputs.push(...(await opened(member, depth + 1)));
    if (inputs.length > MOST_FILES) break;
  }
  return inputs;
}

async function walk(dir: string, inputs: string[], depth: number): Promise<void> {
  if (depth > DEEPEST || inputs.length > MOST_FILES) return;
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (JUNK.test(entry.name)) continue;
    const path = join(dir, entry.name);
    // Links are not followed: a folder of an export has none.
    if (entry.isDirectory()) await walk(path, inputs, depth + 1);
    else if (entry.isFile() && ARCHIVE.test(entry.name)) inputs.push(...(await opened(path)));
    else if (entry.isFile() && TEXTS.test(entry.name)) inputs.push(path);
  }
}

function innerName(input: string, folder: string | null): string {
  const member = /^.*\.zip!(.+)$/is.exec(input)?.[1];
  return (member ?? (folder ? relative(folder, input) : basename(input))).replaceAll('\\', '/');
}

/** The beginning of a file, null when it is empty or no text. @throws SegueError FILE_UNREADABLE when it cannot be opened or unpacked */
export async function glimpse({ input, name }: Candidate): Promise<Glimpse | null> {
  let text = false;
  for await (const chunk of streamInput(input)) {
    const wide = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
    text = wide || !chunk.subarray(0, GLIMPSE).includes(0);
    break;
  }
  if (!text) return null;
  let head = '';
  for await (const text of streamText(input)) {
    head += text;
    if (head.length >= GLIMPSE) break;
  }
  head = head.slice(0, GLIMPSE).replace(/^\uFEFF/, '');
  return head.trim() === '' ? null : { name, head };
}
