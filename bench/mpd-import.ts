import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Library } from '../src/library/library.ts';
import { writeDemoSlices } from '../src/sources/demo/slices.ts';
import { mpd } from '../src/sources/mpd.ts';
import { type Bench, type Line, lineOf, once, peakMemory } from './harness.ts';

/** Of the Million Playlist Dataset: slices, and bytes when unpacked. */
const MPD = { slices: 1000, bytes: 33e9 };
const TRACKS_PER_SLICE = 2262;
const DEFAULT_SLICES = 300;

async function sizeOf(dir: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(dir)) bytes += (await stat(join(dir, name))).size;
  return bytes;
}

/** Import of many slices into a fresh library, then of the same again; what is left of the work grows by count. */
export const mpdImport: Bench = {
  id: 'mpd-import',
  title: `import of generated MPD slices of 4 GB, and again unchanged, extrapolated by count (--value: slices, default ${DEFAULT_SLICES}; files go to the temporary folder and are removed)`,
  heavy: true,
  async run({ seed, values, say }) {
    const slices = Number(values[0] ?? DEFAULT_SLICES);
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      const dir = join(work, 'slices');
      say('writing slices');
      await writeDemoSlices(dir, { tracks: slices * TRACKS_PER_SLICE, playlists: 1000 * slices, seed });
      const bytes = await sizeOf(dir);
      const before = peakMemory();
      const library = await Library.open(join(work, 'library'));
      const lines: Line[] = [];
      for (const what of ['import', 'the same again, nothing changed']) {
        const again = lines.length > 0;
        const used = process.cpuUsage();
        let entries = 0;
        let last = performance.now();
        const took = await once(async () => {
          const report = await library.importFiles(mpd, [dir], {
            onProgress({ fraction, note }) {
              if (performance.now() - last < 10_000) return;
              last = performance.now();
              say(`${Math.round(100 * fraction)} % ${note}`);
            },
          });
          entries = report.taken.entries;
        });
        const { user, system } = process.cpuUsage(used);
        const whole = (took / slices) * MPD.slices;
        const processor = (user + system) / 1000;
        const limit = again ? 10_000 : 600_000;
        lines.push({
          ...lineOf(`${what}: ${slices} slices, ${(bytes / 1e9).toFixed(1)} GB`, [took]),
          rate: [
            `processor ${(processor / 1000).toFixed(1)} s on ${(processor / took).toFixed(1)} cores`,
            `${MPD.slices} slices ${(whole / 1000).toFixed(1)} s`,
            // Unchanged files are not read, so their bytes do not count.
            ...(again
              ? []
              : [
                  `${(bytes / took / 1000).toFixed(0)} MB/s`,
                  `33 GB by bytes ${((took * MPD.bytes) / bytes / 1000).toFixed(0)} s`,
                ]),
          ].join('; '),
          quality: `${entries} entries, peak memory ${(peakMemory() / 1e9).toFixed(2)} GB (${(before / 1e9).toFixed(2)} GB before)`,
          goal: { text: `${MPD.slices} slices ≤ ${limit / 1000} s`, met: whole <= limit },
        });
      }
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
