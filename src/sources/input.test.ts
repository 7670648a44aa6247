import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
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
      unreadable(/contains no matching file.*Expected tables/),
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

test('an archive of 2,000 members is opened once, and a member with a wrong checksum is refused', async () => {
  await withTemporary(async (dir) => {
    const zip = new ZipFile();
    for (let i = 0; i < 2000; i++)
      zip.addBuffer(Buffer.from(`id,name\n${i},x\n`), `${i}.csv`, { compress: i % 2 === 0 });
    zip.end();
    const path = join(dir, 'many.zip');
    await writeFile(path, await buffer(zip.outputStream));
    const inputs = await listInputs([path], /\.csv$/, 'tables');
    const opened = () => readdirSync('/proc/self/fd').length;
    const before = existsSync('/proc/self/fd') ? opened() : 0;
    let most = 0;
    const texts = await Promise.all(
      inputs.map(async (input) => {
        const { bytes } = await hashInput(input);
        const text = String(await readInput(input, 1000));
        if (before > 0) most = Math.max(most, opened());
        return `${bytes > 0} ${text}`;
      }),
    );
    assert.equal(texts.length, 2000);
    assert.equal(texts[1999], 'true id,name\n1999,x\n');
    assert.ok(most <= before + 1, `${most - before} files were open for one archive`);

    // Member 1 is stored: a byte of it changed leaves everything right but the checksum.
    const bytes = await readFile(path);
    bytes[bytes.indexOf('id,name\n1,x') + 8] = 0x39;
    await writeFile(path, bytes);
    await assert.rejects(readInput(`${path}!1.csv`, 1000), (error: SegueError) => error.code === 'FILE_UNREADABLE');
    assert.equal(String(await readInput(`${path}!2.csv`, 1000)), 'id,name\n2,x\n');
  });
});

test('a member that unpacks to another size than its directory says is refused before all of it is unpacked', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.zip');
    for (const size of [1 << 10, 12 << 20]) {
      await writeZip(path, { 'a.txt': Buffer.alloc(size, 'x') });
      const bytes = await readFile(path);
      const said = bytes.lastIndexOf('PK\u0001\u0002') + 24;
      assert.equal(bytes.readUInt32LE(said), size);
      for (const lie of [size - 1, size + 1, 1]) {
        bytes.writeUInt32LE(lie, said);
        await writeFile(path, bytes);
        await assert.rejects(readInput(`${path}!a.txt`, 1 << 30), unreadable(/a\.txt/), `${size} as ${lie}`);
      }
    }
  }));
