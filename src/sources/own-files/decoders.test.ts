import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cadence, drums, wavBytes } from '../../../test/support/synthesis.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { SOUND } from '../../dataset/sound-measures.ts';
import { analyseFile, type FileAnalysis } from './analyse-file.ts';
import { DECODERS, decoderFor } from './decoders.ts';
import { hasFfmpeg } from './ffmpeg.ts';

const made = (extension: string): string =>
  fileURLToPath(new URL(`../../../test/golden/sound/made.${extension}`, import.meta.url));

async function analyse(path: string): Promise<FileAnalysis> {
  const { size } = await stat(path);
  return analyseFile(dirname(path), { path: basename(path), size, mtime: 0 });
}

function soundOf(analysis: FileAnalysis): number[] {
  assert.ok('sound' in analysis, JSON.stringify(analysis));
  return analysis.sound;
}

/** The samples that the encoded files were made of. */
function original(): Float32Array {
  const beats = drums(100, 8, 22_050, true);
  return cadence(2, true, 8, 22_050).map((value, i) => value + 0.4 * beats[i]!);
}

for (const extension of ['mp3', 'flac', 'ogg', 'opus'])
  test(`.${extension} is decoded to the sound that it was made of, with its tags`, () =>
    withTemporary(async (dir) => {
      const wav = join(dir, 'made.wav');
      await writeFile(wav, wavBytes([original()], 22_050));
      const plain = soundOf(await analyse(wav));
      const analysis = await analyse(made(extension));
      const sound = soundOf(analysis);
      for (const [measure, tolerance] of [
        ['lufs', 0.5],
        ['beat', 0.5],
        ['tonic', 0],
        ['major', 0],
        ['brightness', 0.35],
      ] as const)
        assert.ok(
          Math.abs(sound[SOUND[measure]]! - plain[SOUND[measure]]!) <= tolerance,
          `${measure}: ${sound[SOUND[measure]]}, was ${plain[SOUND[measure]]}`,
        );
      assert.deepEqual([sound[SOUND.tonic], sound[SOUND.major]], [2, 1]);
      assert.ok('tags' in analysis);
      const { title, artists, album, year, genres, isrc, durationMs } = analysis.tags;
      assert.deepEqual([title, artists, album, year], ['Made by rule', ['Segue'], 'Tests', 2026]);
      assert.deepEqual(genres, ['Electronic', 'Test']);
      assert.equal(isrc, 'QZAAA2600001');
      assert.ok(Math.abs(durationMs - 8000) < 100, `${durationMs}`);
    }));

for (const extension of ['flac', 'ogg', 'opus'])
  test(`.${extension} that was cut off is damaged`, () =>
    withTemporary(async (dir) => {
      const path = join(dir, `cut.${extension}`);
      const bytes = await readFile(made(extension));
      await writeFile(path, bytes.subarray(0, bytes.length / 3));
      const analysis = await analyse(path);
      // Ogg says its length on its last page alone: of a file without it nobody knows that something is missing.
      if (extension === 'flac') assert.match('problem' in analysis ? analysis.problem : '', /^Of 8 s only/);
      else assert.ok('problem' in analysis || Math.abs(analysis.tags.durationMs) < 4000);
    }));

test('noise, nothing and text under the names of music are damaged, and nothing throws', () =>
  withTemporary(async (dir) => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + 7 * i) % 253));
    for (const extension of ['mp3', 'flac', 'ogg', 'opus', 'wav', 'm4a'])
      for (const bytes of [noise, Buffer.alloc(0), Buffer.from('no music at all\n'.repeat(100))]) {
        const path = join(dir, `file.${extension}`);
        await writeFile(path, bytes);
        const analysis = await analyse(path);
        assert.ok('problem' in analysis && analysis.problem.length > 5, `${extension}, ${bytes.length} bytes`);
      }
    const gone = await analyseFile(dir, { path: 'gone.wav', size: 1, mtime: 0 });
    assert.ok('problem' in gone);
  }));

test('a file whose ending lies is damaged, not misheard', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'made.wav');
    await copyFile(made('mp3'), path);
    assert.ok('problem' in (await analyse(path)));
  }));

test(
  'formats that no decoder of ours reads go to ffmpeg',
  { skip: hasFfmpeg() ? false : 'ffmpeg is not installed' },
  () =>
    withTemporary(async (dir) => {
      const wav = join(dir, 'made.wav');
      await writeFile(wav, wavBytes([original()], 22_050));
      const path = join(dir, 'made.m4a');
      const { status } = spawnSync('ffmpeg', ['-v', 'error', '-i', wav, '-metadata', 'title=Tail', path]);
      assert.equal(status, 0);
      const sound = soundOf(await analyse(path));
      assert.deepEqual([sound[SOUND.tonic], sound[SOUND.major]], [2, 1]);
      assert.ok(Math.abs(sound[SOUND.beat]! - soundOf(await analyse(wav))[SOUND.beat]!) < 0.1);
    }),
);

test('every decoder has an id of its own, and what none fits is refused with the way out', () => {
  assert.equal(new Set(DECODERS.map(({ id }) => id)).size, DECODERS.length);
  if (!hasFfmpeg())
    assert.throws(() => decoderFor({ extension: 'm4a', codec: 'AAC', channels: 2 }), { code: 'FILE_UNREADABLE' });
  assert.equal(decoderFor({ extension: 'ogg', codec: 'Opus', channels: 2 }).id, 'opus');
  assert.equal(decoderFor({ extension: 'ogg', codec: 'Vorbis I', channels: 2 }).id, 'vorbis');
});
