import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { emptyBatch } from '../../dataset/rows.ts';
import { SOUND_WIDTH } from '../../dataset/sound-measures.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { modelQuery } from '../model.ts';
import { COLUMNS, FORMER_COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { hybrid } from './hybrid.ts';

const config: HybridConfig = {
  ...(Value.Default(hybrid.config, {}) as HybridConfig),
  folds: 2,
  trees: 20,
  leastOwners: 50,
};
const small = demoDataset({ tracks: 400, playlists: 400, seed: 2 });

test('without files the ranker is what it was before there were columns for them', async () => {
  const fitted = await hybrid.fit(small, config, { rng: new Rng(1) });
  const artifact = fitted.toArtifact();
  const trees = artifact.arrays.feature as Int32Array;
  const columns = COLUMNS.slice(0, FORMER_COLUMNS[0]);
  assert.ok(trees.every((column) => column < columns.length));
  // A model that was saved earlier can still be read.
  const before = hybrid.load({ ...artifact, meta: { ...artifact.meta, columns } }, small);
  const query = modelQuery({ seeds: small.tracksOf(3).slice(0, 5) });
  assert.deepEqual(before.recommend(query, 20), fitted.recommend(query, 20));
  assert.throws(() => hybrid.load({ ...artifact, meta: { ...artifact.meta, columns: COLUMNS.slice(1) } }, small), {
    code: 'MODEL_MISMATCH',
  });
});

const KINDS = 8;
const TRACKS = 800;

/**
 * Songs of eight kinds, each by a different artist, and short lists of one kind each: few owners hold a song, and only its sound reveals the kind.
 */
function listsBySound(files: boolean): Dataset {
  const rng = new Rng(6);
  const centres = Array.from({ length: KINDS }, () => Array.from({ length: SOUND_WIDTH }, () => 2 * rng.normal()));
  const batch = emptyBatch();
  for (let t = 0; t < TRACKS; t++) {
    const sound = centres[t % KINDS]!.map((centre) => centre + rng.normal());
    batch.tracks.push({
      uri: `t:${t}`,
      name: `Song ${t}`,
      artists: [{ name: `Artist ${t}` }],
      ...(files && { sound }),
    });
  }
  for (let o = 0; o < 400; o++) {
    const kind = o % KINDS;
    // One song in five is a stray of another kind.
    const items = Array.from({ length: 10 }, (_, i) =>
      i % 5 === 4 ? rng.below(TRACKS) : KINDS * rng.below(TRACKS / KINDS) + kind,
    );
    batch.owners.push({ id: `o:${o}`, kind: 'playlist', items });
  }
  const builder = new DatasetBuilder();
  builder.add(batch);
  return builder.finish();
}

test('where lists are made by sound, the ranker finds more of the kind with files than without, and says why', async () => {
  const share: number[] = [];
  for (const files of [false, true]) {
    const dataset = listsBySound(files);
    const fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
    let right = 0;
    let all = 0;
    const kinds = new Set<string>();
    for (let seed = 0; seed < 160; seed++) {
      const query = modelQuery({ seeds: [seed, seed + KINDS * 20] });
      for (const track of fitted.recommend(query, 10).tracks) {
        all++;
        if (track % KINDS === seed % KINDS) right++;
        if (seed < 10) for (const reason of fitted.explain!(query, track)) kinds.add(`${reason.kind}: ${reason.text}`);
      }
    }
    share.push(right / all);
    assert.equal(
      [...kinds].some((kind) => /^audio: similar /.test(kind)),
      files,
      [...kinds].join('\n'),
    );
  }
  const [without, withSound] = share as [number, number];
  assert.ok(withSound > without + 0.1, `${without} without, ${withSound} with files`);
});
