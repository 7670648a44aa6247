import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { modelQuery } from '../model.ts';
import { fitBaseModels } from './base-models.ts';
import { UNBOUNDED } from './bounds.ts';
import { UNRANKED } from './candidates.ts';
import { hybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import { Features } from './features.ts';
import { RetrieverScores } from './retriever-scores.ts';

const dataset = demoDataset({ tracks: 600, playlists: 200, seed: 8 });
const catalogue = hybridCatalogue(dataset);

test('fewer songs asked for: the candidates of the best fused ranks are kept, with their ranks, query after query', async () => {
  const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, catalogue);
  const whole = new Features(new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED));
  const cut = new Features(
    new RetrieverScores(dataset, catalogue, baseModels, { ...UNBOUNDED, perSong: 2, leastRanked: 30 }),
  );
  for (const [owner, n, most] of [
    [3, 40, 80],
    [9, 5, 30],
    [3, 40, 80],
  ] as const) {
    const query = modelQuery({ seeds: dataset.tracksOf(owner).slice(0, 5), title: dataset.owners.titles.get(owner) });
    const barred = new Set(query.seeds);
    const all = whole.build(query, barred);
    assert.ok(all > most);
    const count = cut.build(query, barred, n);
    const ranksOf = ({ candidates }: Features, i: number): number[] => candidates.ranks.map((column) => column[i]!);
    const fused = (ranks: number[]): number =>
      ranks.reduce((sum, rank) => sum + (rank === UNRANKED ? 0 : 1 / (60 + rank)), 0);
    const known = new Map(
      Array.from({ length: all }, (_, i) => [whole.candidates.tracks[i]!, ranksOf(whole, i)] as const),
    );
    const { ranked } = cut.candidates;
    const kept = [...cut.candidates.tracks.subarray(0, ranked)];
    const best = [...known].sort(([a, x], [b, y]) => fused(y) - fused(x) || a - b).slice(0, ranked);
    assert.deepEqual(
      [...kept].sort((a, b) => a - b),
      best.map(([track]) => track).sort((a, b) => a - b),
    );
    // Songs that nobody holds are added without ranks, and take at most a fifth of the places.
    assert.ok(ranked < count && count <= most && ranked >= 0.8 * most, `${ranked}, ${count} of ${most}`);
    for (let i = ranked; i < count; i++) {
      assert.equal(dataset.ownersOf(cut.candidates.tracks[i]!), 0);
      assert.ok(ranksOf(cut, i).every((rank) => rank === UNRANKED));
    }
    for (const [i, track] of kept.entries()) {
      assert.deepEqual(ranksOf(cut, i), known.get(track));
      const row = cut.rows.subarray(i * COLUMNS.length, (i + 1) * COLUMNS.length);
      assert.ok(row.some((value) => value > 0));
    }
  }
  whole.dispose();
  cut.dispose();
});
