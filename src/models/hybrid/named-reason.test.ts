import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { namedReason } from './named-reason.ts';
import { TitleEntityIndex } from './title-entity-index.ts';

const dataset = demoDataset({ tracks: 200, playlists: 50, seed: 2 });
const index = new TitleEntityIndex(dataset, new Float32Array(dataset.artists.count).fill(1), () => 0);
const { ptr, idx } = dataset.artists.genres;
const artist = Array.from({ length: dataset.artists.count }, (_, a) => a).find((a) => ptr[a + 1]! > ptr[a]!)!;
const name = dataset.artists.names.get(artist);
const genre = dataset.genres.id(idx[ptr[artist]!]!);

test('the artist that a title names is the reason, before a genre that it names', () => {
  assert.equal(namedReason(dataset, index.find(`best of ${name}`), artist)?.text, `You named ${name}`);
  assert.equal(namedReason(dataset, index.find(`${genre} ${name}`), artist)?.text, `You named ${name}`);
  assert.match(namedReason(dataset, index.find(`${genre} mix`), artist)!.text, new RegExp(`^You named ${genre}$`, 'i'));
});

test('a title that names neither, or a track whose artist is unknown, has no such reason', () => {
  assert.equal(namedReason(dataset, index.find('zzqxv'), artist), null);
  assert.equal(namedReason(dataset, index.find(name), -1), null);
});
