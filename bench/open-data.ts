import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { listenbrainz } from '../src/sources/open/listenbrainz.ts';
import { musicbrainz } from '../src/sources/open/musicbrainz.ts';
import { type Bench, type Line, lineOf, processorTime } from './harness.ts';

const USERS = 4000;
const SONGS = 400_000;
const START = 1_700_000_000;

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0');
const mbid = (n: number): string => `${hex(n, 8)}-5e60-4a11-8a11-${hex(n, 12)}`;
const artistOf = (song: number): number => Math.floor(song / 12);

/** Lines of the full export in order of the plays' arrival, so that users are mixed. */
async function writeListens(path: string, bytes: number, rng: Rng): Promise<number> {
  const out = createWriteStream(path);
  let plays = 0;
  for (let written = 0; written < bytes; plays++) {
    const song = Math.floor(SONGS * rng.uniform() ** 3);
    const artist = artistOf(song);
    const line = `${JSON.stringify({
      user_id: rng.below(USERS),
      user_name: `user ${plays % USERS}`,
      timestamp: START + Math.floor(plays / 20),
      recording_msid: mbid(0x1000_0000 + song),
      track_metadata: {
        artist_name: `Artist number ${artist}`,
        track_name: `The song with the number ${song}`,
        release_name: `Album ${artist}-${song % 4}`,
        additional_info: {
          recording_mbid: song % 10 < 7 ? mbid(song) : undefined,
          artist_mbids: [mbid(0x2000_0000 + artist)],
          submission_client: 'a player',
          duration_ms: 180_000 + (song % 90_000),
          tracknumber: 1 + (song % 14),
        },
      },
    })}\n`;
    written += line.length;
    await put(out, line);
  }
  out.end();
  await finished(out);
  return plays;
}

/** Rows of the canonical table: those of the songs, and ten times as many that no listen refers to. */
async function writeCanonical(path: string, bytes: number): Promise<number> {
  const out = createWriteStream(path);
  let rows = 0;
  await put(
    out,
    'id,artist_credit_id,artist_mbids,artist_credit_name,release_mbid,release_name,recording_mbid,recording_name,combined_lookup,score\n',
  );
  for (let written = 0; written < bytes; rows++) {
    const artist = artistOf(rows);
    const line = `${rows},${artist},"{${mbid(0x2000_0000 + artist)}}","Artist number ${artist}",${mbid(0x3000_0000 + rows)},"Album ${artist}-${rows % 4}",${mbid(rows)},"The song with the number ${rows}",artistnumber${artist}thesongwiththenumber${rows},${rows}\n`;
    written += line.length;
    await put(out, line);
  }
  out.end();
  await finished(out);
  return rows;
}

const put = async (out: WriteStream, text: string): Promise<void> => {
  if (!out.write(text)) await once(out, 'drain');
};

export const openData: Bench = {
  id: 'open-data',
  title:
    'Open data of the exact layout, 1 GB a file (--value: megabytes): ListenBrainz listens, then MusicBrainz canonical data',
  heavy: true,
  async run({ seed, values, say }) {
    const megabytes = Number(values[0] ?? 1024);
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      const listens = join(work, '1.listens');
      const canonical = join(work, 'canonical_musicbrainz_data.csv');
      say('writing the files');
      const plays = await writeListens(listens, megabytes * 1e6, new Rng(seed));
      const rows = await writeCanonical(canonical, megabytes * 1e6);
      const library = await Library.open(join(work, 'library'));
      const lines: Line[] = [];
      const step = async (
        what: string,
        file: string,
        run: () => Promise<{ rate: string; quality: string }>,
      ): Promise<void> => {
        say(what);
        const start = performance.now();
        const before = processorTime();
        let peak = 0;
        const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 200);
        const { rate, quality } = await run().finally(() => clearInterval(watch));
        const ms = performance.now() - start;
        const busy = (processorTime() - before) / 1000;
        const speed = (await stat(file)).size / 1e3 / ms;
        lines.push(
          lineOf(what, [ms], {
            rate: `${rate}, ${speed.toFixed(0)} MB/s, ${busy.toFixed(0)} s of processor time, process ${(peak / 1e9).toFixed(2)} GB at most`,
            quality,
          }),
        );
      };
      await step(`import listenbrainz, ${megabytes} MB`, listens, async () => {
        const { taken, library: now } = await library.importFiles(listenbrainz, [listens]);
        return {
          rate: `${plays.toLocaleString('en')} listens`,
          quality: `${taken.owners.toLocaleString('en')} sessions, ${now.tracks.toLocaleString('en')} songs, ${now.entries.toLocaleString('en')} entries`,
        };
      });
      await step(`import musicbrainz, ${megabytes} MB`, canonical, async () => {
        const { taken } = await library.importFiles(musicbrainz, [canonical]);
        return {
          rate: `${rows.toLocaleString('en')} rows`,
          quality: `${taken.tracks.toLocaleString('en')} known songs completed`,
        };
      });
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
