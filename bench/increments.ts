import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Batch, emptyBatch, type OwnerRow } from '../src/dataset/rows.ts';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { type Bench, type Line, lineOf, once } from './harness.ts';

const TRACKS = 234_000;
const OWNERS = 66_000;
const ROUNDS = 15;
const PLAYS = 1000;
const origin = { id: 'listeners', title: 'Listeners', licence: '', citation: '' };

async function bytesOf(dir: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

/** Fills the library up to the given number of owners with synthetic playlists. */
async function fill(library: Library, owners: number): Promise<void> {
  const missing = owners - ((await library.datasetId()) === null ? 0 : (await library.dataset()).owners.count);
  const tracks = (await library.datasetId()) === null ? TRACKS : 20_000;
  if (missing > 0) await library.importBatches(demo, 'demo', demoBatches({ tracks, playlists: missing, seed: 1 }));
}

/** Rows for one listener: songs of the library, and a few that it lacks. */
function rowsOf(ids: readonly string[], owner: OwnerRow['id'], kind: OwnerRow['kind'], round: number): Batch {
  const batch = emptyBatch();
  for (const uri of ids) batch.tracks.push({ uri });
  for (let n = 0; n < 5; n++)
    batch.tracks.push({ uri: `own:${round}:${n}`, name: `Own ${n}`, artists: [{ name: `Somebody ${n}` }] });
  const items = batch.tracks.map((_, i) => i);
  batch.owners.push({ id: owner, kind, title: kind === 'playlist' ? 'mine' : undefined, items });
  return batch;
}

export const increments: Bench = {
  id: 'increments',
  title: 'Small imports into a large library: 1,000 plays or one playlist; [folder of a library to copy]',
  heavy: true,
  async run({ seed, values, say }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-increments-'));
    try {
      const dir = join(work, 'library');
      const from = values[0];
      if (from !== undefined && existsSync(from))
        await cp(from, dir, { recursive: true, filter: (path) => !path.endsWith('.model') });
      say('making the library');
      const library = await Library.open(dir);
      await fill(library, OWNERS);
      const dataset = await library.dataset();
      const size = `${dataset.tracks.count} tracks, ${dataset.owners.count} owners, ${dataset.byOwner.idx.length} entries`;
      const rng = new Rng(seed);
      const some = (count: number): string[] =>
        Array.from(rng.sample(dataset.tracks.count, count), (t) => dataset.tracks.vocabulary.id(t));
      const lines: Line[] = [];
      const rounds = async (what: string, make: (round: number) => Batch): Promise<void> => {
        const times: number[] = [];
        const takenUp: number[] = [];
        const before = await bytesOf(dir);
        let held = await library.dataset();
        for (let round = 0; round < ROUNDS; round++) {
          const rows = make(round);
          times.push(await once(() => library.append(rows, origin, 'bench')));
          takenUp.push(await once(async () => (held = await library.dataset())));
        }
        const written = ((await bytesOf(dir)) - before) / ROUNDS;
        lines.push(
          lineOf(`${what}: append`, times, {
            rate: `${(written / 1024).toFixed(0)} kB written each`,
            quality: size,
            goal: { text: '≤ 200 ms', met: lineOf('', times).median <= 200 },
          }),
          lineOf(`${what}: taken up by a running server`, takenUp, { quality: `${held.owners.count} owners` }),
        );
      };
      await rounds('1,000 plays of a listener', (n) => rowsOf(some(PLAYS), `listener:${n}`, 'person', n));
      await rounds('one playlist', (n) => rowsOf(some(66), `list:${n}`, 'playlist', ROUNDS + n));
      const open = async (): Promise<number> => once(async () => (await Library.open(dir)).dataset());
      const behind = [await open(), await open(), await open()];
      lines.push(lineOf(`opening with ${2 * ROUNDS} increments`, behind));
      say('merging');
      lines.push(lineOf('peer: merging everything from its segments', [await once(() => library.compact())]));
      lines.push(lineOf('opening when merged', [await open(), await open(), await open()]));
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
