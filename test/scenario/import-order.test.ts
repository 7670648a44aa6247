import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { Value } from '#typebox/value';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { Library } from '../../src/library/library.ts';
import { Rng } from '../../src/math/rng.ts';
import { modelQuery } from '../../src/models/model.ts';
import { modelById } from '../../src/models/registry.ts';
import { mpd } from '../../src/sources/mpd.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { withTemporary } from '../support/temporary.ts';

const SONGS = 60;
const MODELS = ['playlist-neighbours', 'artists', 'track-neighbours', 'popularity', 'title', 'balanced'];

/** Slices of playlists and a table of features that are consistent with each other, as files of one origin are. */
async function written(dir: string): Promise<string[]> {
  const rng = new Rng(11);
  const paths: string[] = [];
  for (let k = 0; k < 4; k++) {
    const playlists = Array.from({ length: 12 }, (_, p) => ({
      name: ['road trip', 'sleep', 'gym'][p % 3],
      pid: k * 1000 + p,
      num_followers: 1,
      tracks: Array.from(rng.sample(SONGS, 8), (t, pos) => ({
        pos,
        track_uri: `spotify:track:${t}`,
        track_name: `Song ${t}`,
        artist_uri: `spotify:artist:${t % 9}`,
        artist_name: `Artist ${t % 9}`,
        duration_ms: 200_000,
      })),
    }));
    paths.push(join(dir, `mpd.slice.${k * 1000}-${k * 1000 + 999}.json`));
    await writeFile(paths.at(-1)!, JSON.stringify({ info: {}, playlists }));
  }
  paths.push(join(dir, 'features.csv'));
  const rows = Array.from({ length: SONGS }, (_, t) => `spotify:track:${t},${(t % 10) / 10},${80 + t}`);
  await writeFile(paths.at(-1)!, `track_id,energy,tempo\n${rows.join('\n')}\n`);
  return paths;
}

/** Scores of every song by its id, for one query. */
async function answers(dataset: Dataset, id: string): Promise<Map<string, number>> {
  const model = modelById(id);
  const fitted = await model.fit(dataset, Value.Create(model.config), { rng: new Rng(1) });
  const seeds = [3, 14, 15].map((t) => dataset.tracks.vocabulary.indexOf(`spotify:track:${t}`));
  const out = new Float32Array(dataset.tracks.count);
  fitted.score(modelQuery({ seeds, title: id === 'title' ? 'sleep' : '' }), out);
  return new Map(Array.from(out, (score, t) => [dataset.tracks.vocabulary.id(t), score]));
}

test('every song gets the same score whatever the order of imports: answers differ at most in ties', () =>
  withTemporary(async (dir) => {
    const paths = await written(dir);
    const expected = new Map<string, Map<string, number>>();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (order) => {
        const library = await Library.open(join(dir, `library-${round++}`));
        for (const path of order) await library.importFiles(path.endsWith('.csv') ? tracks : mpd, [path]);
        const dataset = await library.dataset();
        for (const id of MODELS) {
          const scores = await answers(dataset, id);
          const first = expected.get(id) ?? scores;
          expected.set(id, first);
          const largest = Math.max(...first.values());
          assert.ok(largest > 0);
          assert.equal(scores.size, first.size);
          for (const [uri, score] of scores)
            assert.ok(Math.abs(score - first.get(uri)!) <= 1e-4 * largest, `${id}: ${uri} ${score} ${first.get(uri)}`);
        }
      }),
      { numRuns: 8 },
    );
  }));
