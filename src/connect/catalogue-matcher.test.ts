import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { Library } from '../library/library.ts';
import { Engine } from '../recommend/engine.ts';
import { CatalogueMatcher } from './catalogue-matcher.ts';

const ORIGIN = { id: 'test', title: 'Test', licence: '', citation: '' };
const MBID = '8f3471b5-7e6a-48da-86a9-c1c07a0f47ae';

test('songs of services find the catalogue by URI, recording and ISRC, then by their very names', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    const uris = ['spotify:track:0000000000000000000001', `musicbrainz:recording:${MBID}`, 'isrc:GBAYE6900001'];
    const tracks = uris.map((uri, n) => ({ uri, name: `Song ${n}`, artists: [{ name: 'Ann' }] }));
    await library.importBatches(ORIGIN, 'catalogue', [{ ...emptyBatch(), tracks }]);
    const engine = await Engine.open(library);
    const other = { title: 'As the service writes it', artist: 'Somebody' };
    const matches = await new CatalogueMatcher(() => engine.current).match([
      { ...other, uri: uris[0]! },
      { ...other, mbid: MBID.toUpperCase() },
      { ...other, isrc: 'gb-aye-69-00001' },
      { title: 'Song 1', artist: 'Ann' },
      { ...other, uri: 'spotify:track:0000000000000000000009', mbid: 'none', isrc: '' },
      { title: 'Song 1', artist: 'Ann', isrc: 'GBAYE6900001' },
      { title: 'Song 2', artist: 'Ann', isrc: 'GBAYE6900009' },
      { title: 'Song 2', artist: 'Ann', isrc: 'no code' },
      { title: 'Song 1', artist: 'Ann', isrc: 'GBAYE6900009' },
    ]);
    assert.deepEqual(
      matches.map((match) => match?.uri),
      [uris[0], uris[1], uris[2], uris[1], undefined, uris[2], undefined, uris[2], uris[1]],
    );
    assert.deepEqual(await new CatalogueMatcher(() => null).match([other]), [null]);
  }));
