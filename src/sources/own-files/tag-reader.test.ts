import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { wavBytes } from '../../../test/support/synthesis.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { TagReader } from './tag-reader.ts';

const chunk = (id: string, body: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(id), size, body]);
};
const repeated = (bytes: Buffer, count: number): Buffer => Buffer.alloc(bytes.length * count, bytes);
const riff = (...chunks: Buffer[]): Buffer => chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));

/** A second of silence as WAV, with so many titles. */
const withTitles = (count: number): Buffer =>
  riff(
    chunk('LIST', Buffer.concat([Buffer.from('INFO'), repeated(chunk('INAM', Buffer.from('Dusk')), count)])),
    Buffer.from(wavBytes([new Float32Array(22_050)], 22_050)).subarray(12),
  );

/** A FLAC file of nothing but comments. */
function withComments(count: number): Buffer {
  const block = (type: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    head[0] = type;
    return Buffer.concat([head, body]);
  };
  const comment = chunk('', Buffer.from('A=b'));
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(count, 4);
  const last = 0x80;
  return Buffer.concat([
    Buffer.from('fLaC'),
    block(0, Buffer.alloc(34)),
    block(4 | last, Buffer.concat([counts, repeated(comment, count)])),
  ]);
}

test('tags that take too much time or memory are given up, and the next file is read', () =>
  withTemporary(async (dir) => {
    const files = {
      'good.wav': withTitles(1),
      'long.wav': withTitles(1_000_000),
      'large.flac': withComments(2_300_000),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(dir, name), bytes);
    const read = (reader: TagReader, name: string) => reader.read(join(dir, name), name);
    const quick = new TagReader({ ms: 500, mb: 256 });
    const refused = read(quick, 'long.wav');
    const after = read(quick, 'good.wav');
    await assert.rejects(refused, { code: 'FILE_UNREADABLE', message: /more than 0\.5 s to read/ });
    assert.equal((await after).tags.title, 'Dusk');
    const small = new TagReader({ ms: 60_000, mb: 48 });
    await assert.rejects(read(small, 'large.flac'), { code: 'FILE_UNREADABLE', message: /more than 48 MB to read/ });
    assert.equal((await read(small, 'good.wav')).tags.title, 'Dusk');
  }));

test('a thread that ends for another reason than its memory is named with that reason, and the next file is read', () =>
  withTemporary(async (dir) => {
    const file = join(dir, 'worker.mjs');
    const served = new URL('../../math/task-worker.ts', import.meta.url).href;
    await writeFile(
      file,
      `import { serveTasks } from '${served}';
       serveTasks({
         async read({ path }) {
           if (path === 'ends') process.exit(3);
           if (path !== 'breaks') return { tags: { title: 'Dusk' }, format: {} };
           setImmediate(() => { throw new Error('a bad offset'); });
           return new Promise(() => {});
         },
       });`,
    );
    const reader = new TagReader({ ms: 60_000, mb: 64 }, pathToFileURL(file));
    for (const [path, got] of [
      ['breaks', 'Reading tags: a thread broke: a bad offset'],
      ['ends', 'Reading tags: a thread ended by itself with exit code 3'],
    ] as const) {
      await assert.rejects(reader.read(path, path), {
        code: 'FILE_UNREADABLE',
        got,
        expected: 'a music file that can be decoded',
        remedy: 'Save its tags again with a tag editor, or leave the file out',
      });
      assert.equal((await reader.read('good', 'good')).tags.title, 'Dusk');
    }
  }));

test('what the system refuses keeps its code; what is no music is said to be none', () =>
  withTemporary(async (dir) => {
    const reader = new TagReader();
    await assert.rejects(reader.read(join(dir, 'none.wav'), 'none.wav'), { code: 'ENOENT', syscall: 'open' });
    await mkdir(join(dir, 'folder.mp3'));
    await assert.rejects(reader.read(join(dir, 'folder.mp3'), 'folder.mp3'), { code: 'EISDIR', syscall: 'read' });
    await writeFile(join(dir, 'cut.wav'), 'RIFF');
    await assert.rejects(reader.read(join(dir, 'cut.wav'), 'cut.wav'), { code: 'FILE_UNREADABLE', message: /headers/ });
  }));
