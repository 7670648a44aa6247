import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { type Fitted, modelQuery, type ScoredTracks } from '../models/model.ts';
import type { RecommendedTrack } from './request.ts';
import { toCandidates } from './steps/candidate.ts';
import { saidOfRest, withRest } from './with-rest.ts';

const dataset = datasetOf(
  Array.from({ length: 6 }, (_, n) => ({ uri: `test:track:${n}`, name: `Song ${n}`, popularity: 10 * n })),
);
const known = (): Float32Array => Float32Array.of(0.9, 0.1, 0, 0, 0.5, 0);
const answer: ScoredTracks = { tracks: Int32Array.of(4), scores: Float32Array.of(0.25) };
const listed = (query: Parameters<typeof modelQuery>[0], k: number, content: Fitted | null = null): ScoredTracks =>
  withRest(dataset, modelQuery(query), answer, k, { content, known });

test('what is allowed follows the model, the best known first, then by stated popularity; seeds and bans do not', () => {
  const allowed = Uint8Array.of(0, 1, 1, 1, 1, 1);
  const { tracks, scores } = listed({ title: 'x', allowed, exclude: new Set([3]) }, 10);
  assert.deepEqual([...tracks], [4, 1, 5, 2]);
  assert.equal(scores[0], 0.25);
  for (let i = 1; i < scores.length; i++) assert.ok(scores[i]! < scores[i - 1]!, 'in descending order');
  assert.deepEqual([...listed({ seeds: [5], allowed }, 10).tracks], [4, 1, 3, 2]);
  assert.deepEqual([...listed({ title: 'x', allowed }, 3).tracks], [4, 1, 5]);
});

test('songs of like content come before known ones, where there are liked seeds', () => {
  const content = {
    recommend: () => ({ tracks: Int32Array.of(2, 4), scores: Float32Array.of(1, 0.5) }),
  } as unknown as Fitted;
  const allowed = new Uint8Array(6).fill(1);
  assert.deepEqual([...listed({ seeds: [0], allowed }, 3, content).tracks], [4, 2, 1]);
  assert.deepEqual([...listed({ title: 'x', allowed }, 3, content).tracks], [4, 0, 1]);
});

test('a full answer, one in sections and a question without demands stay as they are', () => {
  const allowed = new Uint8Array(6).fill(1);
  assert.equal(listed({ title: 'x', allowed }, 1), answer);
  assert.equal(listed({ title: 'x' }, 10), answer);
  const sections: ScoredTracks = { ...answer, sections: [{ label: 'All', share: 1 }] as ScoredTracks['sections'] };
  assert.equal(withRest(dataset, modelQuery({ allowed }), sections, 10, { content: null, known }), sections);
});

test('what was added is counted, and matches the words or filters where no model has a reason', () => {
  const list = toCandidates({ tracks: Int32Array.of(4, 1), scores: Float32Array.of(1, 0.5) });
  const tracks = [{ because: ['Often next'] }, { because: [] as string[] }] as unknown as RecommendedTrack[];
  const said = saidOfRest(tracks, list, new Set([1]), 'filters');
  assert.deepEqual(
    said.tracks.map(({ because }) => because),
    [['Often next'], ['Matches your filters']],
  );
  assert.equal(said.note, '1 song was added because it matches your filters; the model knows nothing else about it.');
  assert.deepEqual(saidOfRest(tracks, list, new Set(), 'filters').tracks[1]!.because, [], 'the model chose it');
  assert.deepEqual(saidOfRest(tracks, list, new Set(), 'words').tracks[1]!.because, ['Matches your words']);
  assert.match(saidOfRest(tracks, list, new Set([1, 4]), 'words').note!, /^2 songs were added because they match/);
  assert.deepEqual(saidOfRest(tracks, list, new Set(), null), { tracks, note: null });
});
