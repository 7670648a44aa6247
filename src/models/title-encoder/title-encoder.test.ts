import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { communities, titleOf, uriOf } from '../../../test/contract/worlds.ts';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { memoryUse } from '../../math/kernels/memory.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { TitleEncoder } from './encoder.ts';
import { titleEncoder } from './title-encoder.ts';

const dataset = communities(false);
const settings = Value.Create(titleEncoder.config);
const fitted = await titleEncoder.fit(dataset, settings, { rng: new Rng(1) });

/** Community of each of the ten best. */
const communitiesOf = (title: string): number[] => {
  const of = new Map<number, number>();
  for (let c = 0; c < 4; c++) for (let i = 0; i < 12; i++) of.set(dataset.tracks.vocabulary.indexOf(uriOf(c, i)), c);
  return Array.from(fitted.recommend(modelQuery({ title }), 10).tracks, (t) => of.get(t)!);
};

test('parts, misspellings and new mixtures of words are placed where lists with such words lie', () => {
  for (const title of ['jazz', 'cofee for mornings', 'bebop jazzz'])
    assert.deepEqual(new Set(communitiesOf(title)), new Set([3]), title);
  for (const title of ['acoustic', 'qiet acoustc'])
    assert.deepEqual(new Set(communitiesOf(title)), new Set([0]), title);
  const mixed = new Set(communitiesOf('metal jazz'));
  assert.ok(mixed.has(2) && mixed.has(3));
});

test('a title of unknown signs is no evidence; a model that was saved answers alike; damaged arrays are refused', () => {
  for (const title of ['', '!!!', 'ДЖАЗ', '🎷'])
    assert.equal(fitted.recommend(modelQuery({ title }), 5).tracks.length, 0, title);
  const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'x');
  const query = modelQuery({ title: titleOf(1) });
  const before = memoryUse().inUse;
  const loaded = titleEncoder.load(artifact, dataset);
  assert.deepEqual([...loaded.recommend(query, 20).tracks], [...fitted.recommend(query, 20).tracks]);
  loaded.dispose!();
  assert.equal(memoryUse().inUse, before);
  const terms = new TextDecoder().decode(artifact.arrays.terms as Uint8Array);
  const twice = new TextEncoder().encode(terms.replace(/^(.*\n)/, '$1$1'));
  const map = (artifact.arrays.map as Float32Array).subarray(1);
  for (const arrays of [
    { ...artifact.arrays, map },
    { ...artifact.arrays, terms: twice },
  ])
    assert.throws(() => titleEncoder.load({ ...artifact, arrays }, dataset), { code: 'FILE_UNREADABLE' });
});

test('the map is the ridge solution: a title halfway between what is known lies between the mean and its owners', async () => {
  const tracks = Array.from({ length: 4 }, (_, t) => ({ uri: `t:${t}`, name: `${t}`, artists: [{ name: 'A' }] }));
  const owners = ['rain', 'rain', 'sun', ''].map((title, o) => ({ id: `o:${o}`, title, items: [o] }));
  const point = (owner: number): Float32Array => Float32Array.of(owner < 2 ? 4 : -4, 1, owner, 0);
  const encoder = await TitleEncoder.train(
    datasetOf(tracks, owners),
    { dimensions: 4, ownerPoint: point },
    async () => {},
  );
  // Mean of the titled owners: (4 + 4 − 4) / 3. "rain" and "sun" share no term, so each shrinks alone: n / (n + 3) of the way.
  const mean = 4 / 3;
  const at = (title: string): number => encoder!.encode(title)![0]!;
  assert.ok(Math.abs(at('rain') - (mean + (2 / 5) * (4 - mean))) < 1e-2, `${at('rain')}`);
  assert.ok(Math.abs(at('sun') - (mean + (1 / 4) * (-4 - mean))) < 1e-2, `${at('sun')}`);
  assert.equal(encoder!.encode('rain')![1], 1);
  assert.equal(encoder!.encode('zzz'), null);
  const untitled = datasetOf(
    tracks,
    owners.map((owner) => ({ ...owner, title: '' })),
  );
  assert.equal(await TitleEncoder.train(untitled, { dimensions: 4, ownerPoint: point }, async () => {}), null);
});

test('of many owners with titles it learns from some, evenly spaced', async () => {
  const tracks = Array.from({ length: 2 }, (_, t) => ({ uri: `t:${t}`, name: `${t}`, artists: [{ name: 'A' }] }));
  const titles = ['rain', '', 'sun', 'snow', 'wind', 'fog'];
  const owners = titles.map((title, o) => ({ id: `o:${o}`, title, items: [o % 2] }));
  const seen = async (most?: number): Promise<number[]> => {
    const asked: number[] = [];
    const ownerPoint = (owner: number): Float32Array => Float32Array.of(asked.push(owner), 0, 0, 0);
    await TitleEncoder.train(datasetOf(tracks, owners), { dimensions: 4, ownerPoint }, async () => {}, most);
    return asked;
  };
  assert.deepEqual(await seen(), [0, 2, 3, 4, 5]);
  assert.deepEqual(await seen(5), [0, 2, 3, 4, 5]);
  assert.deepEqual(await seen(3), [0, 3, 5]);
});
