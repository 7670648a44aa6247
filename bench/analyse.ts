import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setThreads } from '../src/math/pool.ts';
import { SoundMeter } from '../src/math/sound/sound-meter.ts';
import { analyseFolder } from '../src/sources/own-files/analyse-folder.ts';
import { hasFfmpeg } from '../src/sources/own-files/ffmpeg.ts';
import { cadence, drums, wavBytes } from '../test/support/synthesis.ts';
import { type Bench, type Line, lineOf, once, peakMemory, processorTime, quantile } from './harness.ts';

const RATE = 44_100;
const SECONDS = 180;
const GOAL = 1500;
const RUNS = 3;
/** Copies of the track in a folder, so that the cost of starting a thread is spread over them. */
const COPIES = 4;
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  mp3: ['-b:a', '256k'],
  flac: [],
  ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  opus: ['-c:a', 'libopus', '-b:a', '160k'],
  m4a: ['-c:a', 'aac', '-b:a', '256k'],
};

/** A three-minute stereo track: chords and drums, with different levels on the two sides. */
function song(): Float32Array[] {
  const chords = cadence(4, true, 30, RATE);
  const beats = drums(124, 30, RATE, true);
  return [0.6, 0.5].map((level) =>
    Float32Array.from({ length: SECONDS * RATE }, (_, i) => {
      const at = i % chords.length;
      return chords[at]! + level * beats[at]!;
    }),
  );
}

export const analyse: Bench = {
  id: 'analyse',
  title: `Own files: folders of ${COPIES} stereo tracks of ${SECONDS / 60} minutes, analysed as \`segue analyse\` does on one thread (goal: ≤ ${GOAL / 1000} s of a core per track)`,
  async run({ say }) {
    const lines: Line[] = [];
    const dir = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      setThreads(1);
      say('making the track');
      const channels = song();
      const wav = join(dir, 'track.wav');
      await writeFile(wav, wavBytes(channels, RATE));
      const several = async (run: () => unknown): Promise<number[]> => {
        const times: number[] = [];
        for (let r = 0; r < RUNS; r++) times.push(await once(run));
        return times.sort((a, b) => a - b);
      };
      const measuring = await several(() => {
        const meter = new SoundMeter(RATE, 2);
        for (let at = 0; at < channels[0]!.length; at += 4096)
          meter.push(channels.map((channel) => channel.subarray(at, at + 4096)));
        meter.finish();
        meter.free();
      });
      lines.push(lineOf('measuring alone', measuring));
      const files = ['wav'];
      if (hasFfmpeg())
        for (const [extension, options] of Object.entries(FORMATS)) {
          const path = join(dir, `track.${extension}`);
          spawnSync('ffmpeg', ['-v', 'error', '-i', wav, ...options, path]);
          files.push(extension);
        }
      for (const extension of files) {
        say(`analysing ${extension}`);
        const folder = join(dir, extension);
        await mkdir(folder);
        await rename(join(dir, `track.${extension}`), join(folder, `0.${extension}`));
        for (let c = 1; c < COPIES; c++)
          await copyFile(join(folder, `0.${extension}`), join(folder, `${c}.${extension}`));
        let problem = '';
        const used: number[] = [];
        const times = await several(async () => {
          const before = processorTime();
          const report = await analyseFolder(folder, join(dir, 'log.jsonl'), { threads: 1, again: true });
          used.push((processorTime() - before) / COPIES);
          problem = report.damaged[0]?.problem ?? (report.analysed === COPIES ? '' : `${report.analysed} analysed`);
        });
        const busy = used.sort((a, b) => a - b)[RUNS >> 1]!;
        // A busy machine stretches wall-clock time but not processor time; ffmpeg's own processor time is not included.
        const own = extension !== 'm4a';
        lines.push(
          lineOf(
            `.${extension}, per track`,
            times.map((time) => time / COPIES),
            {
              ...(problem !== '' && { quality: problem }),
              ...(own && { rate: `${busy.toFixed(0)} ms of processor time` }),
              ...(own && { goal: { text: `≤ ${GOAL} ms of processor time`, met: busy <= GOAL } }),
            },
          ),
        );
      }
      if (hasFfmpeg()) {
        const used: number[] = [];
        const peer = await several(() => {
          const { stderr } = spawnSync('ffmpeg', [
            ...['-nostdin', '-hide_banner', '-benchmark', '-threads', '1', '-i', join(dir, 'mp3', '0.mp3')],
            ...['-filter_complex', 'ebur128', '-f', 'null', '-'],
          ]);
          const [, user, system] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(String(stderr)) ?? [];
          used.push((Number(user) + Number(system)) * 1000);
        });
        lines.push(
          lineOf('peer: ffmpeg decoding the mp3 and measuring its loudness alone', peer, {
            rate: `${quantile(used, 0.5).toFixed(0)} ms of processor time`,
          }),
        );
      }
      lines.push(lineOf('peak memory of the process', [], { quality: `${(peakMemory() / 2 ** 20).toFixed(0)} MB` }));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
    return lines;
  },
};
