import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Library } from '../src/dataset/library.ts';
import { writeDemoSlices } from '../src/sources/demo/slices.ts';
import { mpd } from '../src/sources/mpd.ts';
import { type Bench, lineOf, once, peakMemory, quantile } from './harness.ts';

const ROUNDS = 3;
const SLICES = 12;
/** With 66 songs a playlist about as many entries a track as in the Million Playlist Dataset (29). */
const TRACKS = 27_000;

/** Reads and parses every slice, one after the other; returns the bytes of unpacked JSON. */
async function parseOnly(dir: string, names: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const name of names) {
    const raw = await readFile(join(dir, name));
    const text = name.endsWith('.gz') ? gunzipSync(raw) : raw;
    bytes += text.length;
    JSON.parse(text.toString('utf8'));
  }
  return bytes;
}

/** Processor time since a reading, in seconds, all threads. */
function seconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export const importing: Bench = {
  id: 'import',
  title: `MPD import beside reading and JSON.parse alone (--value DIR of slices; default ${SLICES} slices of the demo world)`,
  async run({ seed, values, say }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      const dir = values[0] ?? join(work, 'slices');
      if (!values[0]) {
        say('writing slices');
        await writeDemoSlices(dir, { tracks: TRACKS, playlists: SLICES * 1000, seed });
      }
      const names = (await readdir(dir)).filter((name) => /^mpd\.slice\..*\.json(\.gz)?$/.test(name));
      const times = { parse: [] as number[], one: [] as number[], all: [] as number[] };
      /** Of the last round, when everything is compiled. */
      const processor = { parse: 0, one: 0, all: 0 };
      let bytes = 0;
      let entries = 0;
      for (let round = 0; round < ROUNDS; round++) {
        say(`round ${round + 1} of ${ROUNDS}`);
        const parseBefore = process.cpuUsage();
        times.parse.push(await once(async () => (bytes = await parseOnly(dir, names))));
        processor.parse = seconds(parseBefore);
        for (const [key, workers] of [
          ['one', 0],
          ['all', undefined],
        ] as const) {
          const library = await Library.open(join(work, `library-${key}-${round}`));
          const before = process.cpuUsage();
          times[key].push(
            await once(async () => {
              const report = await library.importFiles(mpd, [dir], workers === undefined ? {} : { workers });
              entries = report.taken.entries;
            }),
          );
          processor[key] = seconds(before);
        }
      }
      const parse = quantile(times.parse, 0.5);
      const line = (what: string, key: 'one' | 'all') => {
        const of = times[key];
        const ratio = parse / quantile(of, 0.5);
        return lineOf(what, of, {
          rate: `${(bytes / quantile(of, 0.5) / 1000).toFixed(0)} MB/s, ${(100 * ratio).toFixed(0)} % of the peer; processor ${processor[key].toFixed(1)} s`,
          quality: `${entries} entries, peak memory ${(peakMemory() / 2 ** 20).toFixed(0)} MB`,
          goal: { text: '≥ 60 % of the peer', met: ratio >= 0.6 },
        });
      };
      return [
        lineOf(`peer: reading and JSON.parse, ${names.length} slices`, times.parse, {
          rate: `${(bytes / parse / 1000).toFixed(0)} MB/s; processor ${processor.parse.toFixed(1)} s`,
        }),
        line('import, as it comes', 'all'),
        line('import, one thread', 'one'),
      ];
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
