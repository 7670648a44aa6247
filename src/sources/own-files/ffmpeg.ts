import { spawn, spawnSync } from 'node:child_process';
import { type Decoder, undecodable } from './decoding.ts';
import { WavStream } from './wav-stream.ts';

/** A file may take so long, and so much of it is decoded, in seconds. */
const MOST_SECONDS = 300;
const MOST_SOUND = 3600;
const MOST_COMPLAINT = 2000;

let installed: boolean | null = null;

/** Whether ffmpeg can be started; looked up once. */
export const hasFfmpeg = (): boolean =>
  (installed ??= spawnSync('ffmpeg', ['-version'], { stdio: 'ignore', timeout: 10_000 }).status === 0);

/** Decodes whatever an installed ffmpeg reads, in a child process that may read only this file and ends after five minutes at most. */
export const ffmpeg: Decoder = {
  id: 'ffmpeg',
  formats: 'AAC, ALAC, WMA, AIFF, APE and others',
  fits: () => hasFfmpeg(),
  decode(path, { channels }, onSound) {
    return new Promise((resolve, reject) => {
      const child = spawn(
        'ffmpeg',
        [
          ...['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`],
          ...['-map', '0:a:0', '-t', String(MOST_SOUND), ...(channels > 2 ? ['-ac', '2'] : [])],
          ...['-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_SECONDS * 1000, killSignal: 'SIGKILL' },
      );
      const stream = new WavStream(onSound);
      let complaint = '';
      let enough = false;
      let failure: unknown;
      const stop = (): void => {
        child.stdout.destroy();
        child.kill('SIGKILL');
      };
      child.stdout.on('data', (bytes: Buffer) => {
        try {
          if (stream.push(bytes)) return;
          enough = true;
        } catch (error) {
          failure = error;
        }
        stop();
      });
      child.stderr.on('data', (bytes: Buffer) => {
        if (complaint.length < MOST_COMPLAINT) complaint += bytes.toString('utf8');
      });
      child.on('error', (cause) => reject(undecodable('ffmpeg cannot be started', undefined, cause)));
      child.on('close', (code) => {
        if (failure) return reject(failure);
        if (enough) return resolve(0);
        try {
          stream.end();
        } catch {
          return reject(
            undecodable(
              `ffmpeg found no sound: ${complaint.replaceAll(`file:${path}: `, '').trim().split('\n')[0]?.slice(0, 200) ?? ''}`,
            ),
          );
        }
        return resolve(code === 0 && complaint === '' ? 0 : 1);
      });
    });
  },
};
