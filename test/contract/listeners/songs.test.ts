import assert from 'node:assert/strict';
import { ownSongKey, playId } from '../../../src/listeners/keys.ts';
import type { NewPlay } from '../../../src/listeners/plays.ts';
import { all, contract, DAY, failsWith, play, START } from '../../support/listener-contract.ts';

contract('songs', (it) => {
  it('an uncertain match is asked about until it is answered, and never again', async ({
    repository: { plays, reviews, songs, listeners },
    id,
  }) => {
    const [one, two] = [ownSongKey('Rain', ['Ann']), ownSongKey('Snow', ['Ann'])];
    const candidate = (n: number) => ({ song: `t:${n}`, title: `Song ${n}`, artists: ['Ann'], confidence: 0.6 });
    const asked = [
      { song: { song: one, title: 'Rain', artists: ['Ann'] }, candidates: [candidate(1), candidate(2)] },
      { song: { song: two, title: 'Snow', artists: ['Ann'] }, candidates: [candidate(3)] },
    ];
    await plays.add(id, [
      play(0, START, { song: one, title: 'Rain', artists: ['Ann'] }),
      play(9, START + DAY, { song: two, title: 'Snow', artists: ['Ann'] }),
      play(9, START + 2 * DAY, { song: two, title: 'Snow', artists: ['Ann'] }),
    ]);
    assert.equal(await reviews.ask(id, asked), 2);
    const open = await all((after) => reviews.page(id, { limit: 1, after }));
    assert.deepEqual(
      open.map(({ song, candidates }) => [song.title, song.plays, candidates.length]),
      [
        ['Snow', 2, 1],
        ['Rain', 1, 2],
      ],
    );
    await assert.rejects(reviews.answer(id, ownSongKey('Never stored', []), 'none'), failsWith('NOT_FOUND'));
    await reviews.answer(id, one, { song: 't:2', title: 'Song 2', artists: ['Ann'] });
    await reviews.answer(id, two, 'none');
    assert.equal(await reviews.count(id), 0);
    assert.equal((await songs.get(id, 't:2'))!.plays, 1);
    assert.equal(await songs.get(id, one), null);
    assert.equal((await songs.get(id, two))!.plays, 2);
    assert.deepEqual(await reviews.refused(id), new Map([[two, new Set(['t:3'])]]));
    // Later plays under the old name go to the chosen song; the same candidates are not offered again, a new one is.
    await plays.add(id, [play(7, START + 3 * DAY, { song: one, title: 'Rain', artists: ['Ann'] })]);
    assert.equal((await songs.get(id, 't:2'))!.plays, 2);
    assert.equal(await reviews.ask(id, asked), 0);
    assert.equal(
      await reviews.ask(id, [
        { song: { song: two, title: 'Snow', artists: ['Ann'] }, candidates: [candidate(3), candidate(5)] },
      ]),
      1,
    );
    assert.equal(await reviews.count(id), 1);
    await listeners.remove(id);
    await assert.rejects(reviews.count(id), failsWith('NOT_FOUND'));
  });

  it('songs are listed by plays or by time, and searched', async ({ repository: { plays, songs }, id }) => {
    const batch = Array.from({ length: 20 }, (_, song) =>
      Array.from({ length: 1 + (song % 4) }, (_, i) => play(song, START + song * 1000 + i * DAY)),
    ).flat();
    await plays.add(id, batch);
    const most = await all((after) => songs.page(id, { limit: 3, after }));
    assert.equal(most.length, 20);
    assert.deepEqual(
      most.map((song) => song.plays),
      most.map((song) => song.plays).sort((a, b) => b - a),
    );
    const last = await all((after) => songs.page(id, { limit: 3, order: 'last-played', after }));
    assert.deepEqual(
      last.map((song) => song.lastAt),
      last.map((song) => song.lastAt!).sort((a, b) => b - a),
    );
    assert.deepEqual(
      (await songs.page(id, { search: 'song 19' })).items.map(({ song }) => song),
      ['t:19'],
    );
  });

  it('settling an own song moves all its data, and later plays of it', async ({
    repository: { plays, songs, opinions, bans, lists, events },
    id,
  }) => {
    const own = ownSongKey('Lost Tape', ['Nobody']);
    const ownPlay = (at: number): NewPlay => ({
      ...play(0, at),
      id: playId(own, at),
      song: own,
      title: 'Lost Tape',
      artists: ['Nobody'],
    });
    await plays.add(id, [ownPlay(START), play(7, START + 1000)]);
    await opinions.set(id, [{ song: own, kind: 'like', at: START }]);
    await bans.set(id, { kind: 'song', target: own, at: START });
    await events.record(id, [{ id: 'e1', kind: 'save', song: own, at: START }]);
    await lists.save(id, { id: 'tape', name: 'Tape', songs: [{ song: own, title: 'Lost Tape' }] });
    assert.deepEqual(
      (await songs.own(id)).items.map(({ song }) => song),
      [own],
    );
    assert.equal(await songs.hasUnknown(id), true);
    const [unknown] = await songs.unknown(id);
    assert.deepEqual(await songs.unknown(id, ({ song, album }) => song === own && album === unknown!.album), [unknown]);
    assert.deepEqual(await songs.unknown(id, () => false), []);
    assert.equal(
      await songs.settle(id, [
        { from: own, to: { song: 't:7' } },
        { from: 'own:unknown', to: { song: 't:7' } },
      ]),
      1,
    );
    assert.equal((await songs.own(id)).items.length, 0);
    assert.equal(await songs.hasUnknown(id), false);
    assert.equal(await songs.get(id, own), null);
    const seven = (await songs.get(id, 't:7'))!;
    assert.deepEqual([seven.title, seven.plays, seven.firstAt], ['Song 7', 2, START]);
    assert.deepEqual(await opinions.songs(id, 'like'), [{ song: 't:7', at: START }]);
    assert.equal((await bans.active(id))[0]!.target, 't:7');
    assert.equal((await events.page(id)).items[0]!.song, 't:7');
    assert.equal((await lists.version(id, 'tape')).songs[0]!.song, 't:7');
    assert.deepEqual(await plays.add(id, [ownPlay(START), ownPlay(START + DAY)]), { added: 1, known: 1 });
    assert.equal((await songs.get(id, 't:7'))!.plays, 3);
  });
});
