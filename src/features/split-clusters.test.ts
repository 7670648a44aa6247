import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { Rng } from '../math/rng.ts';
import { nameClusters } from './cluster-names.ts';
import { DenseRows } from './dense.ts';
import { ContentSpace } from './space.ts';
import { splitOversized } from './split-clusters.ts';

const STYLES = ['bebop', 'worship', 'banda', 'screamo'];

test('an oversized cluster is split by its genres, and its parts have names of their own', async () => {
  const tracks = Array.from({ length: 440 }, (_, t) => ({
    uri: `a:${t}`,
    name: `Song ${t}`,
    artists: [{ name: `Artist ${t % 40}` }],
    genres: t < 400 ? [STYLES[t % 4]!, `${STYLES[t % 4]!} ${(t >> 2) % 3}`] : ['pop'],
  }));
  const rows = await DenseRows.fit(ContentSpace.fit(datasetOf(tracks)), 2, new Rng(1));
  const clusterOf = Int32Array.from({ length: 440 }, (_, t) => (t < 400 ? 0 : 1 + (t % 4)));
  const k = await splitOversized(rows, clusterOf, 5, new Rng(2));
  assert.ok(k > 5);
  for (let c = 0; c < k; c++) {
    const styles = new Set(
      Array.from({ length: 400 }, (_, t) => t)
        .filter((t) => clusterOf[t] === c)
        .map((t) => t % 4),
    );
    assert.ok(styles.size <= 1, `cluster ${c} holds one style`);
  }
  const names = nameClusters(rows, clusterOf, k).map(({ name }) => name);
  assert.equal(new Set(names).size, k);
  assert.ok(names.every((name) => name !== 'mixed'));
});
