import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Library } from '../src/library/library.ts';
import { writeDemoSlices } from '../src/sources/demo/slices.ts';
import { mpd } from '../src/sources/mpd.ts';
import { type Bench, type Line, lineOf, once, peakMemory, quantile } from './harness.ts';

const ROUNDS = 5;
const SLICES = 12;
/** With 66 songs per playlist, this gives about as many entries per track as in the Million Playlist Dataset (29). */
const TRACKS = 27_000;
/** Real playlists, gzipped, with few entries per track, so that merging dominates. */
const SAMPLE = fileURLToPath(new URL('../../shared/data/mpd-sample', import.meta.url));

/** Reads and parses every slice in turn; returns the number of bytes of uncompressed JSON. */
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

/** Processor time of all threads since an earlier reading, in seconds. */
function seconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Compares reading and parsing a folder of slices with importing it into new libraries. */
async function measure(dir: string, what: string, work: string, say: (text: string) => void): Promise<Line[]> {
  const names = (await readdir(dir)).filter((name) => /^mpd\.slice\..*\.json(\.gz)?$/.test(name));
  const times = { parse: [] as number[], one: [] as number[], all: [] as number[] };
  /** From the last round, when everything is compiled. */
  const processor = { parse: 0, one: 0, all: 0 };
  let bytes = 0;
  let entries = 0;
  for (let round = 0; round < ROUNDS; round++) {
    say(`${what}: round ${round + 1} of ${ROUNDS}`);
    const parseBefore = process.cpuUsage();
    times.parse.push(await once(async () => (bytes = await parseOnly(dir, names))));
    processor.parse = seconds(parseBefore);
    for (const [key, workers] of [
      ['all', undefined],
      ['one', 0],
    ] as const) {
      const folder = join(work, `library-${key}-${round}`);
      const library = await Library.open(folder);
      const before = process.cpuUsage();
      times[key].push(
        await once(async () => {
          const report = await library.importFiles(mpd, [dir], workers === undefined ? {} : { workers });
          entries = report.taken.entries;
        }),
      );
      processor[key] = seconds(before);
      await rm(folder, { recursive: true });
    }
  }
  const parse = quantile(times.parse, 0.5);
  const line = (how: string, key: 'one' | 'all'): Line => {
    const median = quantile(times[key], 0.5);
    return lineOf(`${what}, import ${how}`, times[key], {
      rate: `${(bytes / median / 1000).toFixed(0)} MB/s, ${((100 * parse) / median).toFixed(0)} % of the peer; processor ${processor[key].toFixed(2)} s`,
      quality: `${entries} entries, peak memory ${(peakMemory() / 2 ** 20).toFixed(0)} MB`,
      goal: { text: '≥ 60 % of the peer', met: parse / median >= 0.6 },
    });
  };
  return [
    lineOf(`${what}, peer: reading and JSON.parse`, times.parse, {
      rate: `${(bytes / parse / 1000).toFixed(0)} MB/s; processor ${processor.parse.toFixed(2)} s`,
    }),
    line('as it comes', 'all'),
    line('with --workers 0', 'one'),
  ];
}

export const importing: Bench = {
  id: 'import',
  title: `MPD import beside reading and JSON.parse alone (--value DIR of slices; default ${SLICES} slices of the demo world, and the real sample where it is)`,
  async run({ seed, values, say }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      if (values[0]) return await measure(values[0], 'slices', work, say);
      say('writing slices');
      const demo = join(work, 'slices');
      await writeDemoSlices(demo, { tracks: TRACKS, playlists: SLICES * 1000, seed });
      const lines = await measure(demo, 'demo world', work, say);
      if (existsSync(SAMPLE)) lines.push(...(await measure(SAMPLE, 'real sample', work, say)));
      else say('the real sample is not at ../shared/data/mpd-sample: skipped');
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
