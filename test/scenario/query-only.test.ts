import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { readManifest } from '../../src/library/manifest.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { withTemporary } from '../support/temporary.ts';

const AT = Date.UTC(2026, 0, 5, 12);

test('plays read from Spotify never enter training, even with consent, and are deleted without a trace; plays of an export stay', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 40, seed: 4 }));
    const household = openHousehold(library, undefined);
    const repository = await household.repository();
    const { listeners, plays, opinions, lists, songs } = repository;
    const { id } = await listeners.add({ name: 'Alice', id: 'alice' });
    const play = (n: number, source: string, song: string) => ({
      id: `${source}-${n}`,
      song,
      title: `Marked-${source}-${song}`,
      artists: ['Someone'],
      at: AT + n * 3_600_000,
      source,
    });
    const contributed = async (): Promise<boolean> =>
      (await readManifest(library.dir)).segments.some(({ source }) => source === 'listeners');

    await plays.add(id, [play(1, 'spotify', 'test:read'), play(2, 'spotify', 'test:both')]);
    await household.changeSettings(id, { consent: true });
    assert.equal(await contributed(), false, 'nothing but what Spotify says');

    await plays.add(id, [play(3, 'spotify-extended', 'test:export'), play(4, 'spotify-extended', 'test:both')]);
    await household.contribute();
    assert.equal(await contributed(), true);
    const dataset = await library.dataset();
    const owner = dataset.owners.vocabulary.indexOf('listener:alice');
    const own = [...dataset.tracksOf(owner)].map((track) => dataset.tracks.vocabulary.id(track)).sort();
    assert.deepEqual(own, ['test:both', 'test:export']);

    await opinions.set(id, [{ song: 'test:liked', title: 'Marked-liked', kind: 'like', at: AT, source: 'spotify' }]);
    await opinions.set(id, [{ song: 'test:mine', kind: 'like', at: AT, source: 'segue' }]);
    const listed = [{ song: 'test:listed', title: 'Marked-listed' }];
    await lists.save(id, { id: 'there', name: 'There', source: 'spotify', songs: listed });
    await lists.save(id, { id: 'here', name: 'Here', songs: [{ song: 'test:mine' }] });
    await repository.forgetSource(id, 'spotify');

    assert.deepEqual(
      (await plays.page(id)).items.map((p) => p.source),
      ['spotify-extended', 'spotify-extended'],
    );
    assert.deepEqual(
      (await opinions.songs(id, 'like')).map(({ song }) => song),
      ['test:mine'],
    );
    assert.deepEqual(
      (await lists.page(id)).items.map((list) => list.id),
      ['here'],
    );
    assert.equal((await songs.get(id, 'test:both'))?.plays, 1);
    await household.close();
    for (const name of await readdir(dir)) {
      const bytes = await readFile(join(dir, name)).catch(() => Buffer.alloc(0));
      for (const mark of ['Marked-spotify-test:read', 'Marked-liked', 'Marked-listed'])
        assert.ok(!bytes.includes(mark), `${name}: ${mark}`);
    }
  }));
