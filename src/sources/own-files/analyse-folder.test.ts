import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkpointFiles, madeTensors } from '../../../test/support/checkpoint.ts';
import { zipExport } from '../../../test/support/exports.ts';
import { cadence, wavBytes } from '../../../test/support/synthesis.ts';
import { all, withTemporary } from '../../../test/support/temporary.ts';
import { EMBEDDING_WIDTH, LAYER_START } from '../../dataset/embedding-measures.ts';
import { SOUND, SOUND_WIDTH } from '../../dataset/sound-measures.ts';
import { analyseFile } from './analyse-file.ts';
import { analyseFolder } from './analyse-folder.ts';
import { audioFiles } from './audio-files.ts';
import { hasFfmpeg } from './ffmpeg.ts';
import { weightsOf } from './musicnn/convert.ts';
import { encodeWeights } from './musicnn/weights-file.ts';
import { type AnalysedFile, ownFiles, ownUri } from './own-files.ts';
import { readSoundLog, SoundLog } from './sound-log.ts';

/** Three short songs in folders, one damaged file, and what is no music. */
async function world(dir: string): Promise<{ music: string; log: string }> {
  const music = join(dir, 'music');
  await mkdir(join(music, 'Ann', 'One'), { recursive: true });
  await mkdir(join(music, '.trash'));
  const song = (tonic: number): Uint8Array => wavBytes([cadence(tonic, true, 3, 22_050)], 22_050);
  await writeFile(join(music, 'Ann', 'One', '1 Low.wav'), song(0));
  await writeFile(join(music, 'Ann', 'One', '2 High.wav'), song(7));
  await writeFile(join(music, 'Bob - Lone.WAV'), song(4));
  await writeFile(join(music, 'broken.wav'), 'RIFF');
  await writeFile(join(music, 'cover.jpg'), 'x');
  await writeFile(join(music, '.trash', 'old.wav'), song(1));
  return { music, log: join(dir, 'sound', 'log.jsonl') };
}

test('a folder is analysed once; only what is new or changed is read again', () =>
  withTemporary(async (dir) => {
    const { music, log } = await world(dir);
    const first = await analyseFolder(music, log, { threads: 2 });
    assert.deepEqual([first.files, first.analysed, first.gone], [4, 4, 0]);
    assert.deepEqual(
      first.damaged.map(({ count, first: path }) => [count, path]),
      [[1, 'broken.wav']],
    );
    const low = first.log.files.get('Ann/One/1 Low.wav') as AnalysedFile;
    assert.deepEqual([low.tags.title, low.tags.artists, low.tags.durationMs], ['Low', ['Ann'], 3000]);
    assert.deepEqual([low.sound[SOUND.tonic], low.sound.length], [0, SOUND_WIDTH]);

    assert.equal((await analyseFolder(music, log, { threads: 1 })).analysed, 0);
    await utimes(join(music, 'Bob - Lone.WAV'), 1, 1);
    await rename(join(music, 'Ann', 'One', '2 High.wav'), join(music, 'Ann', 'One', '3 High.wav'));
    const second = await analyseFolder(music, log, { threads: 1 });
    assert.deepEqual([second.files, second.analysed, second.gone], [4, 2, 1]);
    const kept = await readSoundLog(log);
    assert.equal(kept.files.has('Ann/One/2 High.wav'), false);
    // A file that moved is the same song.
    const before = first.log.files.get('Ann/One/2 High.wav') as AnalysedFile;
    assert.equal(ownUri(kept.files.get('Ann/One/3 High.wav') as AnalysedFile), ownUri(before));
    assert.equal((await analyseFolder(music, log, { threads: 1, again: true })).analysed, 4);
  }));

test('what a kill left is used: whole lines count, half a line is analysed again', () =>
  withTemporary(async (dir) => {
    const { music, log } = await world(dir);
    await analyseFolder(music, log, { threads: 1 });
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    assert.equal(lines.length, 5);
    await writeFile(log, `${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 60)}`);
    const again = await analyseFolder(music, log, { threads: 1 });
    assert.equal(again.analysed, 2);
    assert.equal((await readSoundLog(log)).files.size, 4);
  }));

test(
  'a full disk is told, and nothing that was analysed is lost',
  { skip: !existsSync('/dev/full') && 'no /dev/full' },
  () =>
    withTemporary(async (dir) => {
      const { music, log } = await world(dir);
      await analyseFolder(music, log, { threads: 1 });
      const known = await SoundLog.open(log, music);
      await rename(log, `${log}.kept`);
      await symlink('/dev/full', log);
      await assert.rejects(known.add({ path: 'x', size: 1, mtime: 1, problem: 'y' }), { code: 'DISK_FULL' });
      await rename(`${log}.kept`, log);
      assert.equal((await analyseFolder(music, log, { threads: 1 })).analysed, 0);
      await assert.rejects(SoundLog.open(join(log, 'below-a-file.jsonl'), music), { code: 'FILE_UNREADABLE' });
    }),
);

test('a file whose decoder is not installed, or that could not be opened, is tried again; a damaged one is not', () =>
  withTemporary(async (dir) => {
    const music = join(dir, 'music');
    const log = join(dir, 'log.jsonl');
    await mkdir(music);
    // MP3 under this name is left to ffmpeg.
    await copyFile(
      fileURLToPath(new URL('../../../test/golden/sound/made.mp3', import.meta.url)),
      join(music, 'a.aac'),
    );
    await writeFile(join(music, 'broken.wav'), 'RIFF');
    const { PATH } = process.env;
    process.env.PATH = '';
    try {
      const first = await analyseFolder(music, log, { threads: 1 });
      const missing = first.damaged.find(({ first: path }) => path === 'a.aac');
      assert.match(missing?.problem ?? '', /Install ffmpeg, and run the command again$/);
      assert.equal((await analyseFolder(music, log, { threads: 1 })).analysed, 1);
    } finally {
      process.env.PATH = PATH;
    }
    const { analysed, damaged } = await analyseFolder(music, log, { threads: 1 });
    assert.deepEqual([analysed, damaged.length], [1, hasFfmpeg() ? 1 : 2]);
    const gone = await analyseFile(music, { path: 'gone.mp3', size: 1, mtime: 1 });
    assert.deepEqual(gone, { path: 'gone.mp3', size: 1, mtime: 1, problem: 'It cannot be read (ENOENT)', retry: true });
  }));

test('a stop keeps what is done', () =>
  withTemporary(async (dir) => {
    const { music, log } = await world(dir);
    const stop = new AbortController();
    const onProgress = ({ fraction }: { fraction: number }): void => {
      if (fraction > 0) stop.abort();
    };
    await assert.rejects(analyseFolder(music, log, { threads: 1, signal: stop.signal, onProgress }), {
      code: 'CANCELLED',
    });
    const done = (await readSoundLog(log)).files.size;
    assert.ok(done >= 1 && done < 4, `${done}`);
    assert.equal((await analyseFolder(music, log, { threads: 1 })).analysed, 4 - done);
  }));

test('links to files are followed, links to folders are not, and a missing folder is told', () =>
  withTemporary(async (dir) => {
    const { music } = await world(dir);
    await symlink(join(music, 'Bob - Lone.WAV'), join(music, 'linked.wav'));
    await symlink(music, join(music, 'loop'));
    const { files } = await audioFiles(music);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['Ann/One/1 Low.wav', 'Ann/One/2 High.wav', 'Bob - Lone.WAV', 'broken.wav', 'linked.wav'],
    );
    await assert.rejects(audioFiles(join(dir, 'nothing')), { code: 'FILE_UNREADABLE' });
  }));

test('as a source a log gives its songs with their sound, and counts what is damaged', () =>
  withTemporary(async (dir) => {
    const { music, log } = await world(dir);
    await analyseFolder(music, log, { threads: 1 });
    await appendFile(log, '{"path":"x","size":1,"mtime":1,"tags":{},"sound":[1]}\n');
    assert.deepEqual(await ownFiles.files([join(dir, 'sound')]), [log]);
    const [batch] = await all(ownFiles.read(log));
    assert.deepEqual(batch!.tracks.map(({ name, sound }) => [name, sound!.length]).sort(), [
      ['High', SOUND_WIDTH],
      ['Lone', SOUND_WIDTH],
      ['Low', SOUND_WIDTH],
    ]);
    assert.equal(
      batch!.rejections.reduce((sum, { count }) => sum + count, 0),
      2,
    );
    const zip = await zipExport(join(dir, 'moved.zip'), { 'sound/log.jsonl': await readFile(log) });
    const [member] = await ownFiles.files([zip]);
    const [packed] = await all(ownFiles.read(member!));
    assert.deepEqual(packed!.tracks, batch!.tracks);
  }));

test('logs of other versions and other files are refused', () =>
  withTemporary(async (dir) => {
    const log = join(dir, 'log.jsonl');
    for (const [text, code] of [
      ['', 'FILE_UNREADABLE'],
      ['{"title":"x"}\n', 'FILE_UNREADABLE'],
      ['{"segue":"sound","version":0,"folder":"/"}\n', 'FORMAT_OLD'],
      ['{"segue":"sound","version":999,"folder":"/"}\n', 'FORMAT_NEWER'],
    ] as const) {
      await writeFile(log, text);
      await assert.rejects(readSoundLog(log), { code });
    }
    await rm(log);
    await assert.rejects(readSoundLog(log), { code: 'FILE_UNREADABLE' });
  }));

test('with a network, files are heard that were analysed without it, and each once; too short ones say so', () =>
  withTemporary(async (dir) => {
    const { music, log } = await world(dir);
    await writeFile(join(music, 'short.wav'), wavBytes([cadence(0, true, 2, 22_050)], 22_050));
    const { index, data } = checkpointFiles(madeTensors(4));
    const network = join(dir, 'made.weights');
    await writeFile(network, Buffer.concat(encodeWeights(weightsOf(index, data), '')));
    assert.equal((await analyseFolder(music, log, { threads: 1 })).analysed, 5);
    const { analysed, log: heard } = await analyseFolder(music, log, { threads: 2, network });
    // All but the broken one.
    assert.equal(analysed, 4);
    assert.equal((heard.files.get('short.wav') as AnalysedFile).embedding, null);
    const row = (heard.files.get('Bob - Lone.WAV') as AnalysedFile).embedding!;
    assert.equal(row.length, EMBEDDING_WIDTH);
    assert.ok(row.slice(0, LAYER_START).every((p) => p >= 0 && p <= 1));
    assert.equal((await analyseFolder(music, log, { threads: 1, network })).analysed, 0);
    // Without the network nothing that it heard is lost.
    await analyseFolder(music, log, { threads: 1 });
    assert.deepEqual((await readSoundLog(log)).files.get('Bob - Lone.WAV'), heard.files.get('Bob - Lone.WAV'));
    const [batch] = await all(ownFiles.read(log));
    assert.deepEqual(
      batch!.tracks.map(({ embedding }) => embedding?.length),
      [EMBEDDING_WIDTH, EMBEDDING_WIDTH, EMBEDDING_WIDTH, undefined],
    );
    // What another version of the network heard is not mixed with this one's.
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.replaceAll('"network":1', '"network":2'));
    assert.equal((await analyseFolder(music, log, { threads: 2, network })).analysed, 4);
  }));
