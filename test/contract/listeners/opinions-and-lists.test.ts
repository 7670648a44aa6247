import assert from 'node:assert/strict';
import { all, contract, DAY, failsWith, START } from '../../support/listener-contract.ts';

contract('names, opinions, bans, lists and settings', (it) => {
  it('a listener has a name of their own, is found by it, renamed, removed', async ({
    repository: { listeners },
    id,
  }) => {
    const ada = await listeners.add({ name: ' Ada  Lovelace ', id: 'ada-1' });
    assert.equal(ada.name, 'Ada Lovelace');
    assert.deepEqual(await listeners.find('ADA lovelace'), ada);
    assert.deepEqual(await listeners.get(ada.id), ada);
    await assert.rejects(listeners.add({ name: 'ada lovelace' }), failsWith('ALREADY_EXISTS'));
    await assert.rejects(listeners.add({ name: '  ' }), failsWith('USAGE'));
    await assert.rejects(listeners.rename(id, 'Áda Lovelace'), failsWith('ALREADY_EXISTS'));
    assert.equal((await listeners.rename(ada.id, 'Countess')).name, 'Countess');
    await listeners.remove(ada.id);
    await assert.rejects(listeners.get(ada.id), failsWith('NOT_FOUND'));
    await assert.rejects(listeners.find('Countess'), failsWith('NOT_FOUND'));
    await assert.rejects(listeners.remove(ada.id), failsWith('NOT_FOUND'));
  });

  it('the newest of several opinions on a song counts, even if an old export comes later', async ({
    repository: { opinions },
    id,
  }) => {
    const like = (song: number, at: number) => ({
      song: `t:${song}`,
      title: `Song ${song}`,
      kind: 'like' as const,
      at,
    });
    assert.equal(await opinions.set(id, [like(1, START), like(2, START + 1), like(3, START + 2)]), 3);
    assert.equal(await opinions.set(id, [{ ...like(1, START + 5), kind: 'dislike' }]), 1);
    assert.equal(await opinions.set(id, [like(1, START)]), 0);
    assert.deepEqual(
      (await opinions.songs(id, 'like')).map(({ song }) => song),
      ['t:3', 't:2'],
    );
    assert.deepEqual(
      (await opinions.page(id, 'dislike')).items.map(({ song }) => song.song),
      ['t:1'],
    );
    assert.equal(await opinions.clear(id, ['t:3', 't:9']), 1);
    assert.equal(await opinions.set(id, [like(3, START + 2)]), 0);
    assert.deepEqual(
      (await all((after) => opinions.page(id, 'like', { limit: 1, after }))).map(({ song }) => song.song),
      ['t:2'],
    );
    assert.equal((await opinions.page(id, 'like', { search: 'SONG 2' })).items.length, 1);
  });

  it('bans apply until they end', async ({ repository: { bans }, id }) => {
    await bans.set(id, { kind: 'genre', target: 'polka', at: START });
    await bans.set(id, {
      kind: 'artist',
      target: 'artist:Anybody',
      label: 'Anybody',
      at: START,
      until: START + 30 * DAY,
    });
    assert.equal((await bans.active(id, START + DAY)).length, 2);
    assert.deepEqual(
      (await bans.active(id, START + 31 * DAY)).map(({ target }) => target),
      ['polka'],
    );
    assert.equal((await bans.all(id)).length, 2);
    assert.equal(await bans.clear(id, 'genre', 'polka'), true);
    assert.equal(await bans.clear(id, 'genre', 'polka'), false);
    await assert.rejects(
      async () => bans.set(id, { kind: 'genre', target: 'polka', at: START, until: START }),
      failsWith('OUT_OF_RANGE'),
    );
  });

  it('a saved list keeps its versions, goes into the bin and comes back', async ({ repository: { lists }, id }) => {
    const recipe = { request: { seeds: [{ track: 't:1' }], n: 20 }, model: 'als', modelVersion: 'abc' };
    const first = await lists.save(id, {
      name: 'Évening',
      songs: [{ song: 't:1', title: 'Song 1', artists: ['A'] }],
      recipe,
    });
    assert.deepEqual([first.version, first.length], [1, 1]);
    const same = await lists.save(id, {
      id: first.id,
      name: 'Évening',
      songs: [{ song: 't:1', title: 'Song 1', artists: ['A'] }],
      recipe,
    });
    assert.equal(same.version, 1);
    const second = await lists.save(id, { id: first.id, name: 'ignored', songs: [] });
    assert.deepEqual([second.version, second.length, second.name], [2, 0, 'Évening']);
    assert.deepEqual(await lists.version(id, first.id, 1), {
      version: 1,
      at: first.createdAt,
      songs: [{ song: 't:1', title: 'Song 1', artists: ['A'] }],
      recipe,
    });
    assert.equal((await lists.revert(id, first.id, 1)).version, 3);
    assert.deepEqual((await lists.version(id, first.id)).recipe, recipe);
    assert.deepEqual(
      (await lists.versions(id, first.id)).map(({ version, length }) => [version, length]),
      [
        [3, 1],
        [2, 0],
        [1, 1],
      ],
    );
    assert.equal((await lists.describe(id, first.id, { description: 'slow' })).description, 'slow');
    assert.equal((await lists.page(id, { search: 'evening' })).items.length, 1);
    await lists.remove(id, first.id);
    assert.equal((await lists.page(id)).items.length, 0);
    assert.equal((await lists.page(id, { removed: true })).items.length, 1);
    await lists.restore(id, first.id);
    assert.equal((await lists.page(id)).items.length, 1);
    await lists.remove(id, first.id, { forGood: true });
    await assert.rejects(lists.get(id, first.id), failsWith('NOT_FOUND'));
    await assert.rejects(lists.version(id, first.id, 1), failsWith('NOT_FOUND'));
  });

  it('settings have defaults and are checked', async ({ repository: { settings }, id }) => {
    assert.deepEqual(await settings.get(id), { consent: false, rememberShown: true, timeZone: 'UTC' });
    assert.equal((await settings.set(id, { consent: true })).consent, true);
    assert.equal((await settings.set(id, { timeZone: 'Europe/Berlin' })).consent, true);
    await assert.rejects(async () => settings.set(id, { timeZone: 'Mars/Crater' }), failsWith('USAGE'));
  });
});
