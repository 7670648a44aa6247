import assert from 'node:assert/strict';
import { SegueError } from '../../../src/errors.ts';
import type { NewPlay } from '../../../src/listeners/plays.ts';
import { Rng } from '../../../src/math/rng.ts';
import { contract, failsWith, play, START } from '../../support/listener-contract.ts';

contract('changes', (it, again) => {
  it('exclusive work is refused to other processes until it has ended, however it ends', async ({ repository }) => {
    const other = await again();
    try {
      const going = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const first = repository.alone('jobs', async () => {
        begun.resolve();
        await going.promise;
        throw new Error('it failed');
      });
      await begun.promise;
      await assert.rejects(
        other.alone('jobs', async () => 1),
        failsWith('LIBRARY_BUSY'),
      );
      assert.equal(await other.alone('other', async () => 2), 2);
      going.resolve();
      await assert.rejects(first, /it failed/);
      assert.equal(await other.alone('jobs', async () => 3), 3);
      assert.equal(await repository.alone('jobs', async () => 4), 4);
    } finally {
      await other.close();
    }
  });

  it('a batch of changes appears together or not at all; others read the earlier state and can change it afterwards', async ({
    repository,
    id,
  }) => {
    const other = await again();
    try {
      await repository.plays.add(id, [play(1, START)]);
      let afterwards: Promise<unknown> = Promise.resolve();
      const seen = await repository.atOnce(async (stores) => {
        await stores.plays.add(id, [play(2, START)]);
        await stores.opinions.set(id, [{ song: 't:2', kind: 'like', at: START }]);
        afterwards = Promise.all([
          repository.plays.add(id, [play(3, START)]),
          other.plays.add(id, [play(4, START)]),
          repository.atOnce(({ plays }) => plays.add(id, [play(5, START)])),
        ]);
        const pages = [stores, repository, other].map(async ({ plays, opinions }) => [
          (await plays.page(id)).items.length,
          (await opinions.page(id, 'like')).items.length,
        ]);
        return Promise.all(pages);
      });
      assert.deepEqual(seen, [
        [2, 1],
        [1, 0],
        [1, 0],
      ]);
      await afterwards;
      assert.equal((await repository.listeners.counts(id)).plays, 5);
      const whole = [await repository.songs.played(id), await repository.plays.hours(id)];
      const failing = repository.atOnce(async (stores) => {
        await stores.imports.start(id, { format: 'test', files: [] });
        await stores.plays.add(id, [play(6, START)]);
        await stores.lists.save(id, { id: 'l', name: 'L', songs: [{ song: 't:7' }] });
        throw new Error('it failed');
      });
      await assert.rejects(failing, /it failed/);
      assert.deepEqual([await repository.songs.played(id), await repository.plays.hours(id)], whole);
      assert.deepEqual([await repository.imports.all(id), (await repository.lists.page(id)).items], [[], []]);
      assert.equal(await repository.songs.get(id, 't:7'), null);
    } finally {
      await other.close();
    }
  });

  it('during a batch of changes, sessions are checked, shown lists are recorded, and readers never wait for the writer', async ({
    repository,
    id,
  }) => {
    const { accounts, shown, plays } = repository;
    const now = Date.now();
    await accounts.invite('code', 'administrator', now + 1e6);
    const account = (await accounts.redeem('code', { name: 'Reader', password: 'hash' }, now))!;
    await accounts.startSession('secret', account.listener, { now, until: now + 1e9, device: '', address: '' });
    const list = {
      id: 'seen',
      kind: 'for-you',
      at: now,
      model: null,
      modelVersion: null,
      experiment: null,
      arm: null,
    };
    let recorded: Promise<unknown> = Promise.resolve();
    await repository.atOnce(async (stores) => {
      await stores.plays.add(id, [play(1, START)]);
      recorded = accounts.record({ at: now, action: 'test', listener: id, detail: '' });
      // If any of these had to wait for this change to finish, it would never return.
      assert.deepEqual(await accounts.session('secret', now + 1e7), account);
      await shown.add(id, { ...list, songs: [], detail: null });
      assert.equal((await plays.page(id)).items.length, 0);
    });
    await recorded;
    await plays.add(id, [play(2, START)]);
    const [noted] = await accounts.sessions(account.listener, now);
    assert.equal(noted!.seenAt, now + 1e7);
    assert.equal((await shown.page(id)).items.length, 1);
  });

  it('a call with thousands of plays stores the same as many small ones; an error between two parts undoes all of them', async ({
    repository: { plays, songs, opinions, listeners },
    id,
  }) => {
    const rng = new Rng(5);
    const rows = Array.from({ length: 1300 }, () =>
      play(rng.below(700), START + rng.below(400) * 3_600_000, { skipped: rng.uniform() < 0.2 }),
    );
    const other = await listeners.add({ name: 'In parts' });
    let added = 0;
    for (let from = 0; from < rows.length; from += 100)
      added += (await plays.add(other.id, rows.slice(from, from + 100))).added;
    const parts: number[] = [];
    await assert.rejects(
      plays.add(id, rows, {
        onBatch(done) {
          parts.push(done);
          if (done > 0) throw new Error('enough');
        },
      }),
      /enough/,
    );
    // Progress may report the same count several times.
    assert.ok(new Set(parts).size === 2 && parts.at(-1)! < 1000);
    assert.deepEqual([await songs.played(id), await plays.hours(id)], [[], []]);
    assert.deepEqual(await plays.add(id, rows), { added, known: rows.length - added });
    const byKey = (all: { song: string }[]) => all.sort((a, b) => (a.song < b.song ? -1 : 1));
    assert.deepEqual(byKey(await songs.played(id)), byKey(await songs.played(other.id)));
    assert.deepEqual(await plays.hours(id), await plays.hours(other.id));
    const likes = rows.map(({ song, at }) => ({ song, at, kind: 'like' as const }));
    assert.equal(await opinions.set(id, likes), new Set(rows.map(({ song }) => song)).size);
  });

  it('input that cannot be stored is refused as a whole', async ({
    repository: { plays, events, lists, songs },
    id,
  }) => {
    const bad: Partial<NewPlay>[] = [
      { id: '' },
      { id: 'a b' },
      { at: Number.NaN },
      { at: -1 },
      { song: '' },
      { song: 'a\nb' },
    ];
    for (const change of bad)
      await assert.rejects(
        async () => plays.add(id, [play(1, START), { ...play(2, START), ...change }]),
        (error) => error instanceof SegueError && error.status === 400,
      );
    assert.equal((await plays.page(id)).items.length, 0);
    await assert.rejects(
      async () => events.record(id, [{ id: 'e', kind: 'dance' as 'play', song: 't:1', at: START }]),
      failsWith('USAGE'),
    );
    await assert.rejects(async () => plays.page(id, { limit: 0 }), failsWith('OUT_OF_RANGE'));
    await assert.rejects(async () => plays.page(id, { after: 'garbage' }), failsWith('USAGE'));
    await assert.rejects(plays.add('nobody', [play(1, START)]), failsWith('NOT_FOUND'));
    await plays.add(id, [play(1, START, { title: 'nul \0 inside', msPlayed: -5 })]);
    // Names are cut at 1,000 characters and searched text at 400, here both in the middle of a character; keys are never changed.
    await plays.add(id, [
      play(2, START + 1, { title: `${'x'.repeat(399)}𠀀${'x'.repeat(599)}𠀀`, artists: ['half \ud83d'] }),
    ]);
    assert.deepEqual((await songs.get(id, 't:2'))?.artists, ['half \ufffd']);
    await assert.rejects(
      events.record(id, [{ id: 'f', kind: 'play', song: 't:\ud83d', at: START }]),
      failsWith('USAGE'),
    );
    assert.equal((await lists.page(id)).items.length, 0);
  });

  it('each change raises the listener’s own revision only', async ({
    repository: { plays, songs, listeners, shown },
    id,
  }) => {
    const other = await listeners.add({ name: 'Somebody else' });
    const { revision } = await listeners.get(id);
    await plays.add(id, [play(1, START)]);
    assert.ok((await listeners.get(id)).revision > revision);
    const before = (await listeners.get(id)).revision;
    const what = { kind: 'for-you', at: START, model: null, modelVersion: null, experiment: null, arm: null };
    await shown.add(id, { ...what, id: 'only-shown', songs: ['t:1'], detail: null });
    assert.equal((await listeners.get(id)).revision, before, 'a list that was shown changes no taste');
    assert.equal((await listeners.get(other.id)).revision, other.revision);
    await plays.add(other.id, [play(1, START), play(2, START)]);
    assert.equal((await songs.get(id, 't:1'))!.plays, 1);
    await listeners.remove(other.id);
    assert.equal((await plays.page(id)).items.length, 1);
  });

  it('many concurrent writers lose and duplicate nothing', async ({ repository: { plays, songs }, id }) => {
    const batches = Array.from({ length: 12 }, (_, writer) =>
      Array.from({ length: 30 }, (_, i) => play((writer * 7 + i) % 20, START + (i % 25) * 1000)),
    );
    const results = await Promise.all(batches.map((batch) => plays.add(id, batch)));
    const distinct = new Set(batches.flat().map((row) => row.id)).size;
    assert.equal(
      results.reduce((sum, { added }) => sum + added, 0),
      distinct,
    );
    assert.equal(
      (await songs.played(id)).reduce((sum, song) => sum + song.plays, 0),
      distinct,
    );
  });
});
