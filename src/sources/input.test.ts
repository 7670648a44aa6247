import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { hashInput, inputName, inputSize, listInputs, readInput } from './input.ts';

const unreadable = (part: RegExp) => (error: unknown) =>
  error instanceof SegueError && error.code === 'FILE_UNREADABLE' && part.test(error.message);
const TEXT = 'some text, long enough to be worth packing '.repeat(200);

async function writeZip(path: string, members: Record<string, string | Buffer>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

test('plain, gzipped, zipped and gzipped in a zip give the same bytes', () =>
  withTemporary(async (dir) => {
    await writeFile(join(dir, 'a.txt'), TEXT);
    await writeFile(join(dir, 'a.txt.gz'), gzipSync(TEXT));
    await writeZip(join(dir, 'a.zip'), { 'in/a.txt': TEXT, 'a.txt.gz': gzipSync(TEXT) });
    for (const name of ['a.txt', 'a.txt.gz', 'a.zip!in/a.txt', 'a.zip!a.txt.gz'])
      assert.equal((await readInput(join(dir, name), 1 << 20)).toString(), TEXT, name);
    const packed = await readFile(join(dir, 'a.txt.gz'));
    assert.deepEqual(await hashInput(join(dir, 'a.txt.gz')), {
      sha256: createHash('sha256').update(packed).digest('hex'),
      bytes: packed.length,
    });
    assert.equal((await hashInput(join(dir, 'a.zip!in/a.txt'))).bytes, await inputSize(join(dir, 'a.zip!in/a.txt')));
    assert.equal(inputName(join(dir, 'a.zip!in/a.txt')), 'a.zip!in/a.txt');
  }));

test('folders and archives give the members that fit, in natural order, without junk', () =>
  withTemporary(async (dir) => {
    const folder = join(dir, 'data');
    await mkdir(folder);
    for (const name of ['s.10.json', 's.9.json', 'notes.md', '.hidden.json']) await writeFile(join(folder, name), '{}');
    await writeZip(join(folder, 'more.zip'), { 'x/s.1.json': '{}', '__MACOSX/x/s.1.json': '', 'x/readme.txt': '' });
    const names = (await listInputs([folder], /\.json$/, 'JSON')).map((path) => path.slice(folder.length + 1));
    assert.deepEqual(names, ['more.zip!x/s.1.json', 's.9.json', 's.10.json']);
    await assert.rejects(
      listInputs([folder], /\.csv$/, 'tables'),
      unreadable(/holds no file that fits.*Expected tables/),
    );
    await assert.rejects(listInputs([join(dir, 'absent')], /x/, 'x'), unreadable(/does not exist/));
  }));

test('truncated and damaged packings are refused with what is wrong', () =>
  withTemporary(async (dir) => {
    const packed = gzipSync(TEXT);
    await writeFile(join(dir, 'cut.gz'), packed.subarray(0, packed.length / 2));
    await writeFile(join(dir, 'junk.gz'), 'not packed at all');
    await assert.rejects(readInput(join(dir, 'cut.gz'), 1 << 20), unreadable(/is truncated/));
    await assert.rejects(readInput(join(dir, 'junk.gz'), 1 << 20), unreadable(/damaged/));
    await writeZip(join(dir, 'whole.zip'), { 'a.json': TEXT });
    const zip = await readFile(join(dir, 'whole.zip'));
    await writeFile(join(dir, 'cut.zip'), zip.subarray(0, zip.length / 2));
    await assert.rejects(listInputs([join(dir, 'cut.zip')], /json/, 'JSON'), unreadable(/cut\.zip/));
    const damaged = Buffer.from(zip);
    damaged.fill(0xff, 45, 60);
    await writeFile(join(dir, 'damaged.zip'), damaged);
    await assert.rejects(readInput(join(dir, 'damaged.zip!a.json'), 1 << 20), unreadable(/damaged\.zip/));
    await assert.rejects(readInput(join(dir, 'whole.zip!b.json'), 1 << 20), unreadable(/no member/));
    await writeFile(join(dir, 'a.txt'), TEXT);
    await assert.rejects(readInput(join(dir, 'a.txt'), 100), unreadable(/larger than/));
  }));
