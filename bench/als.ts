import { type Csr, transpose } from '../src/math/csr.ts';
import { Region } from '../src/math/kernels/memory.ts';
import { Rng } from '../src/math/rng.ts';
import { place } from '../src/math/truncated-svd.ts';
import { type AlsSettings, halfStep, ridge, type Side } from '../src/models/als/solve.ts';
import { type Bench, lineOf, once, peakMemory } from './harness.ts';

/** The Million Playlist Dataset: playlists, tracks, entries. */
const OWNERS = 1_000_000;
const TRACKS = 2_262_292;
const ENTRIES_EACH = 66;
const D = 64;
const GOAL_SECONDS = 60;

/** Lists of equal length whose tracks follow a power law (rank^−1), at random positions in the catalogue. */
function lists(owners: number, tracks: number, rng: Rng): Csr {
  const ptr = new Int32Array(owners + 1);
  const idx = new Int32Array(owners * ENTRIES_EACH);
  const place = rng.sample(tracks, tracks);
  const spread = Math.log(tracks + 1);
  for (let u = 0; u < owners; u++) {
    ptr[u + 1] = (u + 1) * ENTRIES_EACH;
    // The inverse of the distribution function of 1/rank is the exponential.
    for (let e = u * ENTRIES_EACH; e < ptr[u + 1]!; e++)
      idx[e] = place[Math.min(tracks - 1, Math.floor(Math.exp(rng.uniform() * spread)) - 1)]!;
  }
  return { rows: owners, columns: tracks, ptr, idx, values: null };
}

export const als: Bench = {
  id: 'als',
  title: `One iteration of implicit ALS, ${D} factors, MPD-sized unless a part is given (0.1)`,
  heavy: true,
  async run({ seed, values, say }) {
    const part = Number(values[0] ?? 1);
    const rng = new Rng(seed);
    const matrix = lists(Math.round(OWNERS * part), Math.round(TRACKS * part), rng);
    const region = new Region();
    const side = (csr: Csr, settings: AlsSettings): Side => ({
      matrix: place(region, csr),
      factors: region.float32(csr.rows * D),
      sizes: null,
      lambdas: region.place(
        Float32Array.from({ length: csr.rows }, (_, r) => ridge(csr.ptr[r + 1]! - csr.ptr[r]!, csr.columns, settings)),
      ),
    });
    const settings = { unobservedWeight: 0.003, regularisation: 0.003, regularisationExponent: 1, steps: 3 };
    const owners = side(matrix, settings);
    const tracks = side(transpose(matrix), settings);
    for (let i = 0; i < tracks.factors.length; i++) tracks.factors[i] = (0.1 / Math.sqrt(D)) * (rng.uniform() - 0.5);
    const lines = [];
    for (const [what, steps] of [
      ['3 steps of conjugate gradients', 3],
      ['Cholesky', 0],
    ] as const) {
      say(what);
      const nothing = async (): Promise<void> => {};
      const before = process.cpuUsage();
      const took = await once(async () => {
        await halfStep(owners, tracks, D, { ...settings, steps }, nothing);
        await halfStep(tracks, owners, D, { ...settings, steps }, nothing);
      });
      const { user, system } = process.cpuUsage(before);
      lines.push(
        lineOf(what, [took], {
          rate: `${((user + system) / 1e6).toFixed(0)} s of processor time`,
          quality: `${matrix.idx.length.toLocaleString('en')} entries, ${(peakMemory() / 1e9).toFixed(1)} GB`,
          goal:
            steps > 0 && part === 1
              ? { text: `≤ ${GOAL_SECONDS} s an iteration`, met: took <= GOAL_SECONDS * 1000 }
              : undefined,
        }),
      );
    }
    region.free();
    return lines;
  },
};
