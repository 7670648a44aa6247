import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Library } from '../src/library/library.ts';
import { writeDemoSlices } from '../src/sources/demo/slices.ts';
import { mpd } from '../src/sources/mpd.ts';
import { type Bench, type Line, lineOf, once, peakMemory, processorTime, quantile } from './harness.ts';

/** Slices and uncompressed bytes of the Million Playlist Dataset. */
const MPD = { slices: 1000, bytes: 33e9 };
const TRACKS_PER_SLICE = 2262;
const DEFAULT_SLICES = 300;
/** Repetitions of an import with nothing new; the median is reported. */
const AGAIN = 3;

async function sizeOf(dir: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(dir)) bytes += (await stat(join(dir, name))).size;
  return bytes;
}

/** Milliseconds for an import into a new library and for a repetition of it. */
interface Timed {
  readonly slices: number;
  readonly bytes: number;
  readonly entries: number;
  readonly peak: number;
  readonly took: readonly [first: number, again: number];
  readonly processor: readonly [first: number, again: number];
}

async function timed(work: string, slices: number, seed: number, say: (what: string) => void): Promise<Timed> {
  const dir = join(work, `slices-${slices}`);
  say(`writing ${slices} slices`);
  await writeDemoSlices(dir, { tracks: slices * TRACKS_PER_SLICE, playlists: 1000 * slices, seed });
  const library = await Library.open(join(work, `library-${slices}`));
  let entries = 0;
  const run = async (): Promise<[took: number, processor: number]> => {
    const before = processorTime();
    let last = performance.now();
    const took = await once(async () => {
      const report = await library.importFiles(mpd, [dir], {
        onProgress({ fraction, note }) {
          if (performance.now() - last < 10_000) return;
          last = performance.now();
          say(`${Math.round(100 * fraction)} % ${note}`);
        },
      });
      entries = Math.max(entries, report.taken.entries);
    });
    return [took, processorTime() - before];
  };
  const first = await run();
  const again: [number, number][] = [];
  for (let r = 0; r < AGAIN; r++) again.push(await run());
  const median = (of: 0 | 1): number =>
    quantile(
      again.map((times) => times[of]).sort((a, b) => a - b),
      0.5,
    );
  return {
    slices,
    bytes: await sizeOf(dir),
    entries,
    peak: peakMemory(),
    took: [first[0], median(0)],
    processor: [first[1], median(1)],
  };
}

/**
 * Imports many slices into a new library, then imports them again. The first import's work is proportional to the number of slices. The second has a
 * constant part, so two sizes are measured and extrapolated linearly to the whole.
 */
export const mpdImport: Bench = {
  id: 'mpd-import',
  title: `import of generated MPD slices of 4 GB, and again unchanged (--value: slices, default ${DEFAULT_SLICES}; files go to the temporary folder and are removed); the first time extrapolated by count, the second along the line through this size and a fifth of it`,
  heavy: true,
  async run({ seed, values, say }) {
    const slices = Number(values[0] ?? DEFAULT_SLICES);
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      const small = await timed(work, Math.max(1, Math.round(slices / 5)), seed, say);
      const large = await timed(work, slices, seed, say);
      const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
      const whole = (large.took[0] / slices) * MPD.slices;
      const busy = large.processor[0];
      const line = (of: 'took' | 'processor'): { fixed: number; each: number; whole: number } => {
        const each = Math.max(0, (large[of][1] - small[of][1]) / (slices - small.slices));
        const fixed = Math.max(0, large[of][1] - each * slices);
        return { fixed, each, whole: fixed + each * MPD.slices };
      };
      const again = line('took');
      const said = ({ fixed, each, whole }: typeof again): string =>
        `${seconds(fixed)} + ${each.toFixed(1)} ms a slice: ${MPD.slices} slices ${seconds(whole)}`;
      const lines: Line[] = [
        {
          ...lineOf(`import: ${slices} slices, ${(large.bytes / 1e9).toFixed(1)} GB`, [large.took[0]]),
          rate: [
            `processor ${seconds(busy)} on ${(busy / large.took[0]).toFixed(1)} cores`,
            `${MPD.slices} slices ${seconds(whole)}`,
            `${(large.bytes / large.took[0] / 1000).toFixed(0)} MB/s`,
            `33 GB by bytes ${((large.took[0] * MPD.bytes) / large.bytes / 1000).toFixed(0)} s`,
          ].join('; '),
          quality: `${large.entries} entries, peak memory ${(large.peak / 1e9).toFixed(2)} GB`,
          goal: { text: `${MPD.slices} slices ≤ 600 s`, met: whole <= 600_000 },
        },
        {
          ...lineOf(`the same again, nothing changed: ${slices} slices`, [large.took[1]]),
          rate: `${small.slices} slices ${seconds(small.took[1])}; by the clock ${said(again)}; of the processor ${said(line('processor'))}`,
          goal: { text: `${MPD.slices} slices ≤ 10 s`, met: again.whole <= 10_000 },
        },
      ];
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
