import assert from 'node:assert/strict';
import { playId } from '../../../src/listeners/keys.ts';
import { Rng } from '../../../src/math/rng.ts';
import { all, contract, DAY, failsWith, play, START } from '../../support/listener-contract.ts';

contract('plays', (it) => {
  it('plays are stored once, however often they arrive', async ({ repository: { plays, songs, listeners }, id }) => {
    const batch = [
      play(1, START),
      play(2, START + 1000),
      play(1, START + DAY),
      play(3, START + DAY, { skipped: true, msPlayed: 4000 }),
    ];
    assert.deepEqual(await plays.add(id, batch), { added: 4, known: 0 });
    assert.deepEqual(await plays.add(id, [...batch, play(2, START + 2 * DAY), ...batch]), { added: 1, known: 8 });
    const counts = await listeners.counts(id);
    assert.equal(counts.plays, 4);
    assert.equal(counts.songs, 2);
    const one = await songs.get(id, 't:1');
    assert.deepEqual(one, {
      song: 't:1',
      title: 'Song 1',
      artists: ['Artist 1'],
      album: null,
      isrc: null,
      mbid: null,
      own: false,
      plays: 2,
      skips: 0,
      listenedMs: 360_000,
      firstAt: START,
      lastAt: START + DAY,
    });
    assert.equal((await songs.get(id, 't:3'))!.skips, 1);
    assert.deepEqual((await songs.played(id)).map(({ song }) => song).sort(), ['t:1', 't:2', 't:3']);
    assert.deepEqual(
      await songs.heardSince(id, START),
      [
        { song: 't:2', at: START + 2 * DAY },
        { song: 't:1', at: START + DAY },
        { song: 't:2', at: START + 1000 },
      ],
      'neither the moment itself nor skips',
    );
    assert.deepEqual(
      (await songs.heard(id)).find(({ song }) => song === 't:1'),
      {
        song: 't:1',
        plays: 2,
        skips: 0,
        firstAt: START,
        lastAt: START + DAY,
      },
    );
    await plays.remove(id, [playId('t:1', START + DAY)]);
    assert.equal((await songs.heardSince(id, START)).length, 2);
  });

  it('the same play in another export is recognised by its song and time', async ({ repository: { plays }, id }) => {
    await plays.add(id, [play(1, START)]);
    const again = [play(1, START + 20_000), play(1, START + 90_000), play(1, START + 100_000), play(2, START)];
    assert.deepEqual(await plays.add(id, again, { sameWithinMs: 30_000 }), { added: 2, known: 2 });
    assert.deepEqual(await plays.add(id, [play(1, START + 20_000)]), { added: 1, known: 0 });
  });

  it('a history is paged newest first, without gaps or duplicates, even with equal times', async ({
    repository: { plays },
    id,
  }) => {
    const batch = Array.from({ length: 57 }, (_, i) => play(i, START + Math.floor(i / 5) * 1000));
    await plays.add(id, batch);
    const rows = await all((after) => plays.page(id, { limit: 4, after }));
    assert.equal(rows.length, 57);
    assert.equal(new Set(rows.map((row) => row.id)).size, 57);
    assert.deepEqual(
      rows.map(({ at }) => at),
      rows.map(({ at }) => at).sort((a, b) => b - a),
    );
    const some = await all((after) => plays.page(id, { limit: 3, from: START + 2000, to: START + 4000, after }));
    assert.deepEqual(
      some.map(({ at }) => at),
      [...Array<number>(5).fill(START + 3000), ...Array<number>(5).fill(START + 2000)],
    );
    const inOrder: number[] = [];
    for await (const part of plays.inOrder(id, { batch: 10 })) inOrder.push(...part.map(({ at }) => at));
    assert.deepEqual(inOrder, rows.map(({ at }) => at).reverse());
  });

  it('a search in the history finds what a scan of it finds, page by page', async ({ repository: { plays }, id }) => {
    const rng = new Rng(11);
    const titles = ['Été indien', 'Summer 100%', 'summer_time', 'Winter', 'Summertime', 'Sommer'];
    const batch = Array.from({ length: 400 }, (_, i) => {
      const song = rng.below(60);
      return play(song, START + rng.below(2000) * 1000 + i, {
        title: `${titles[song % 6]} ${song}`,
        artists: [`Artist ${song % 7}`],
      });
    });
    await plays.add(id, batch);
    const history = await all((after) => plays.page(id, { limit: 50, after }));
    const cases: [string, (title: string, artist: string) => boolean][] = [
      ['SUMMER', (title) => /summer/i.test(title)],
      ['ete  ', (title) => title.startsWith('Été')],
      ['100%', (title) => title.includes('100%')],
      ['summer_', (title) => title.includes('summer_')],
      ['artist 3 winter', (title, artist) => artist === 'Artist 3' && title.startsWith('Winter')],
      ['no such thing', () => false],
    ];
    for (const [search, fits] of cases) {
      const expected = history.filter(({ title, artists }) =>
        search === 'artist 3 winter' ? artists[0] === 'Artist 3' && /winter/i.test(title) : fits(title, artists[0]!),
      );
      if (search === 'artist 3 winter') {
        // Words match anywhere: "3" may also be in the title.
        const loose = history.filter(
          (row) =>
            [row.title, ...row.artists].join(' ').toLowerCase().includes('winter') &&
            `${row.title} ${row.artists[0]}`.includes('3'),
        );
        assert.deepEqual(
          (await all((after) => plays.page(id, { limit: 5, search, after }))).map((row) => row.id),
          loose.map((row) => row.id),
        );
      } else
        assert.deepEqual(
          (await all((after) => plays.page(id, { limit: 5, search, after }))).map((row) => row.id),
          expected.map((row) => row.id),
          search,
        );
    }
  });

  it('a removed play can be restored; importing it again does not restore it', async ({
    repository: { plays, songs, listeners },
    id,
  }) => {
    const batch = [play(1, START), play(1, START + DAY), play(2, START + DAY)];
    await plays.add(id, batch);
    const before = { songs: await songs.played(id), hours: await plays.hours(id) };
    assert.equal(await plays.remove(id, [batch[0]!.id, batch[2]!.id, 'unknown']), 2);
    assert.equal(await plays.remove(id, [batch[0]!.id]), 0);
    assert.deepEqual(
      (await plays.page(id)).items.map((row) => row.id),
      [batch[1]!.id],
    );
    assert.equal((await plays.page(id, { removed: true })).items.length, 2);
    assert.equal((await songs.get(id, 't:1'))!.firstAt, START + DAY);
    assert.equal((await songs.get(id, 't:2'))!.plays, 0);
    assert.equal((await listeners.counts(id)).plays, 1);
    assert.equal((await plays.add(id, batch)).added, 0);
    assert.equal(await plays.restore(id, [batch[0]!.id, batch[2]!.id]), 2);
    assert.deepEqual({ songs: await songs.played(id), hours: await plays.hours(id) }, before);
    await plays.remove(id, [batch[0]!.id]);
    assert.equal(await plays.purge(id), 1);
    assert.equal(await plays.restore(id, [batch[0]!.id]), 0);
  });

  it('counts by song and hour are those of the plays', async ({ repository: { plays, songs }, id }) => {
    const rng = new Rng(3);
    for (let round = 0; round < 5; round++)
      await plays.add(
        id,
        Array.from({ length: 40 }, () =>
          play(rng.below(9), START + rng.below(500) * 600_000, {
            skipped: rng.uniform() < 0.3,
            msPlayed: rng.uniform() < 0.2 ? null : rng.below(1000),
          }),
        ),
      );
    const rows = await all((after) => plays.page(id, { limit: 100, after }));
    await plays.remove(
      id,
      rows.filter((_, i) => i % 7 === 0).map((row) => row.id),
    );
    const left = rows.filter((_, i) => i % 7 !== 0);
    for (const song of await songs.played(id)) {
      const own = left.filter((row) => row.song === song.song);
      assert.equal(song.plays, own.filter((row) => !row.skipped).length);
      assert.equal(song.skips, own.filter((row) => row.skipped).length);
      assert.equal(
        song.listenedMs,
        own.reduce((sum, row) => sum + (row.msPlayed ?? 0), 0),
      );
      assert.equal(song.firstAt, Math.min(...own.map((row) => row.at)));
      assert.equal(song.lastAt, Math.max(...own.map((row) => row.at)));
    }
    const hours = new Map<number, number>();
    for (const row of left.filter(({ skipped }) => !skipped)) {
      const hour = row.at - (row.at % 3_600_000);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
    const counted = (await plays.hours(id)).map(({ at, plays }) => [at, plays]);
    assert.deepEqual(
      counted,
      [...hours].sort(([a], [b]) => a - b),
    );
  });

  it('an import is recorded, and can be undone', async ({ repository: { imports, plays, songs }, id }) => {
    await plays.add(id, [play(1, START)]);
    const { id: importId } = await imports.start(id, { format: 'test', files: ['/home/x/data ada@example.org.zip'] });
    await plays.add(
      id,
      [play(1, START), play(1, START + DAY), play(2, START)].map((row) => ({ ...row, importId })),
    );
    await imports.finish(id, importId, { counts: { plays: 2 }, rejected: { 'no title': 1 } });
    const [record] = await imports.all(id);
    assert.deepEqual(
      [record!.state, record!.files, record!.counts, record!.rejected],
      ['done', ['data …'], { plays: 2 }, { 'no title': 1 }],
    );
    assert.equal((await plays.page(id)).items.filter((row) => row.importId === importId).length, 2);
    assert.equal(await imports.discard(id, importId), 2);
    assert.deepEqual(await imports.all(id), []);
    assert.equal((await plays.page(id)).items.length, 1);
    assert.equal((await songs.get(id, 't:1'))!.plays, 1);
    await assert.rejects(imports.discard(id, importId), failsWith('NOT_FOUND'));
  });
});
