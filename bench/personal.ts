import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rng } from '../src/math/rng.ts';
import { readPersonal, recognise } from '../src/sources/personal/read-personal.ts';
import { type Bench, lineOf, once, peakMemory } from './harness.ts';

const SIZE = 200 << 20;
const SONGS = 20_000;
const ROUNDS = 3;

/** Writes an extended history of the given size to one file; @returns the number of entries. */
async function writeHistory(path: string, seed: number): Promise<number> {
  const rng = new Rng(seed);
  const out = createWriteStream(path);
  let written = 0;
  let count = 0;
  const write = async (text: string): Promise<void> => {
    written += text.length;
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  };
  await write('[');
  while (written < SIZE) {
    const rows: string[] = [];
    for (let i = 0; i < 1000; i++) {
      const song = Math.floor(SONGS * rng.uniform() ** 2);
      rows.push(
        JSON.stringify({
          ts: new Date(1.4e12 + 210_000 * (count + i)).toISOString(),
          username: 'someone',
          platform: 'Some OS 12 API 32 (Maker, Model)',
          ms_played: 20_000 + rng.below(220_000),
          conn_country: 'XX',
          ip_addr: '203.0.113.7',
          user_agent_decrypted: 'unknown',
          master_metadata_track_name: `A song with the number ${song}`,
          master_metadata_album_artist_name: `Artist ${song % 997}`,
          master_metadata_album_album_name: `Album ${song % 3001}`,
          spotify_track_uri: `spotify:track:${String(song).padStart(22, '0')}`,
          episode_name: null,
          episode_show_name: null,
          spotify_episode_uri: null,
          reason_start: 'trackdone',
          reason_end: 'trackdone',
          shuffle: false,
          skipped: false,
          offline: false,
          offline_timestamp: 0,
          incognito_mode: false,
        }),
      );
    }
    await write(`${count === 0 ? '' : ','}${rows.join(',')}`);
    count += 1000;
  }
  await write(']');
  await new Promise<void>((resolve) => out.end(() => resolve()));
  return count;
}

export const personal: Bench = {
  id: 'personal',
  title:
    'Reading a 200 MB extended history of Spotify beside JSON.parse of the whole file (goal: ≤ 10 s, bounded memory)',
  async run({ seed, say }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      const path = join(work, 'Streaming_History_Audio_0.json');
      say('writing the history');
      const count = await writeHistory(path, seed);
      const own: number[] = [];
      let plays = 0;
      const base = peakMemory();
      for (let round = 0; round < ROUNDS; round++) {
        say(`reading: round ${round + 1} of ${ROUNDS}`);
        plays = 0;
        own.push(
          await once(async () => {
            for await (const { row } of readPersonal((await recognise([path])).files)) if (row.kind === 'play') plays++;
          }),
        );
      }
      const memory = peakMemory() - base;
      const parse: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        parse.push(await once(async () => JSON.parse(await readFile(path, 'utf8')) as unknown));
      const line = lineOf('recognised, streamed, cleaned', own);
      return [
        {
          ...line,
          rate: `${(SIZE / line.median / 1000).toFixed(0)} MB/s`,
          quality: `${plays} plays of ${count} entries, ${(memory / 2 ** 20).toFixed(0)} MB more memory`,
          goal: { text: '≤ 10 s', met: line.median <= 10_000 },
        },
        lineOf('limit: readFile and JSON.parse', parse, {
          quality: `${(peakMemory() / 2 ** 20).toFixed(0)} MB peak memory`,
        }),
      ];
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
