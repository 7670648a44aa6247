import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import { ownSongKey, playId } from '../../src/listeners/keys.ts';
import { openRepository } from '../../src/listeners/open.ts';
import type { Page } from '../../src/listeners/page.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { DATABASE_FILE } from '../../src/listeners/store/sqlite.ts';
import { Rng } from '../../src/math/rng.ts';
import { type Postgres, postgresLacks, startPostgres } from '../support/postgres.ts';
import { withTemporary } from '../support/temporary.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5, 12);

const play = (song: number, at: number, rest: Partial<NewPlay> = {}): NewPlay => ({
  id: playId(`t:${song}`, at),
  song: `t:${song}`,
  title: `Song ${song}`,
  artists: [`Artist ${song % 3}`],
  at,
  msPlayed: 180_000,
  source: 'test',
  ...rest,
});

const failsWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

/** Every item of a list, page by page. */
async function all<T>(page: (after?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const part = await page(after);
    items.push(...part.items);
    after = part.next ?? undefined;
  } while (after !== undefined);
  return items;
}

interface World {
  repository: ListenerRepository;
  /** A new listener's id. */
  id: string;
}

/** The contract for every store of listeners. @param again opens the same store once more */
function contract(
  name: string,
  skip: string | false,
  open: () => Promise<ListenerRepository>,
  again: () => Promise<ListenerRepository>,
): void {
  describe(`the store of listeners: ${name}`, { skip }, () => {
    let repository: ListenerRepository;
    let count = 0;
    before(async () => {
      repository = await open();
    });
    after(async () => {
      await repository?.close();
    });
    const it = (what: string, check: (world: World) => Promise<void>): void => {
      test(what, async () => {
        const { id } = await repository.listeners.add({ name: `Listener ${count++}` });
        await check({ repository, id });
      });
    };

    it('a listener has a name of their own, is found by it, renamed, removed', async ({
      repository: { listeners },
      id,
    }) => {
      const ada = await listeners.add({ name: ' Ada  Lovelace ', id: `ada-${count}` });
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
      const other = await listeners.add({ name: `In parts ${count}` });
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
      const counted = (await plays.hours(id)).filter(({ plays }) => plays > 0).map(({ at, plays }) => [at, plays]);
      assert.deepEqual(
        counted,
        [...hours].sort(([a], [b]) => a - b),
      );
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
      assert.deepEqual(await songs.unknown(id, ({ song, album }) => song === own && album === unknown!.album), [
        unknown,
      ]);
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

    it('an event is applied once, with all its fields', async ({
      repository: { events, plays, opinions, bans, shown, listeners },
      id,
    }) => {
      await shown.add(id, {
        id: 'list-1',
        kind: 'for-you',
        at: START,
        model: 'als',
        modelVersion: 'v1',
        experiment: 'x',
        arm: 'a',
        songs: ['t:1', 't:2'],
        detail: { teams: ['a', 'b'] },
      });
      const origin = { list: 'list-1', position: 0, model: 'als', modelVersion: 'v1' };
      const batch = [
        {
          id: 'e1',
          kind: 'play' as const,
          song: 't:1',
          title: 'Song 1',
          at: START + 1000,
          msPlayed: 200_000,
          ...origin,
        },
        { id: 'e2', kind: 'skip' as const, song: 't:2', at: START + 2000, msPlayed: 3000, ...origin, position: 1 },
        { id: 'e3', kind: 'like' as const, song: 't:1', at: START + 3000, ...origin },
        { id: 'e4', kind: 'ban' as const, song: 't:2', at: START + 4000, until: START + 30 * DAY },
        { id: 'e1', kind: 'dislike' as const, song: 't:1', at: START + 9000 },
      ];
      assert.deepEqual(await events.record(id, batch), { recorded: 4, known: 1 });
      assert.deepEqual(await events.record(id, batch), { recorded: 0, known: 5 });
      assert.deepEqual(
        (await plays.page(id)).items.map((row) => [row.song, row.skipped, row.source]),
        [
          ['t:2', true, 'segue'],
          ['t:1', false, 'segue'],
        ],
      );
      assert.deepEqual(await opinions.songs(id, 'like'), [{ song: 't:1', at: START + 3000 }]);
      assert.equal((await bans.active(id, START + DAY))[0]!.target, 't:2');
      await events.record(id, [
        { id: 'e5', kind: 'clear', song: 't:1', at: START + 5000 },
        { id: 'e6', kind: 'unban', song: 't:2', at: START + 5000 },
      ]);
      assert.deepEqual(await opinions.songs(id, 'like'), []);
      assert.deepEqual(await bans.all(id), []);
      const stored = await all((after) => events.page(id, { limit: 1, list: 'list-1', after }));
      assert.deepEqual(
        stored.map((event) => event.id),
        ['e3', 'e2', 'e1'],
      );
      assert.deepEqual(stored[2], {
        id: 'e1',
        kind: 'play',
        song: 't:1',
        at: START + 1000,
        msPlayed: 200_000,
        until: null,
        ...origin,
      });
      const outcomes = [];
      for await (const part of shown.outcomes(id, { experiment: 'x' })) outcomes.push(...part);
      assert.equal(outcomes.length, 1);
      assert.deepEqual(
        outcomes[0]!.events.map(({ kind, song, position }) => [kind, song, position]),
        [
          ['play', 't:1', 0],
          ['skip', 't:2', 1],
          ['like', 't:1', 0],
        ],
      );
      assert.deepEqual(outcomes[0]!.list, (await shown.page(id)).items[0]);
      assert.equal((await listeners.counts(id)).plays, 1);
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

    it('settings have defaults and are checked', async ({ repository: { settings }, id }) => {
      assert.deepEqual(await settings.get(id), { consent: false, rememberShown: true, timeZone: 'UTC' });
      assert.equal((await settings.set(id, { consent: true })).consent, true);
      assert.equal((await settings.set(id, { timeZone: 'Europe/Berlin' })).consent, true);
      await assert.rejects(async () => settings.set(id, { timeZone: 'Mars/Crater' }), failsWith('USAGE'));
    });

    it('events of several listeners are recorded together or not at all', async ({
      repository: { events, plays, listeners },
      id,
    }) => {
      const other = await listeners.add({ name: `Together ${count}` });
      const heard = (n: number) => ({ id: `e${n}`, kind: 'play' as const, song: `t:${n}`, at: START + n });
      const lost = new Map([
        [id, [heard(1)]],
        [other.id, [heard(2)]],
        ['nobody', [heard(3)]],
      ]);
      await assert.rejects(events.recordTogether(lost), failsWith('NOT_FOUND'));
      assert.equal((await plays.page(id)).items.length, 0);
      const both = new Map([
        [other.id, [heard(2)]],
        [id, [heard(1), heard(4), heard(1)]],
      ]);
      assert.deepEqual(await events.recordTogether(both), { recorded: 3, known: 1 });
      assert.deepEqual(await events.recordTogether(both), { recorded: 0, known: 4 });
      assert.deepEqual(
        (await plays.page(id)).items.map(({ song }) => song),
        ['t:4', 't:1'],
      );
      assert.equal((await plays.page(other.id)).items.length, 1);
    });

    it('events are read in the order they were recorded, whatever their time, and each once', async ({
      repository,
      id,
    }) => {
      const { events, listeners } = repository;
      const other = (await listeners.add({ name: `Other than ${id}` })).id;
      const like = (n: number, at: number) => ({ ...play(n, at), id: `e${n}`, kind: 'like' as const });
      assert.deepEqual((await events.arrivals(id, null, 10)).events, []);
      await events.record(id, [like(1, START + 5 * DAY)]);
      await events.record(other, [like(9, START)]);
      await events.record(id, [like(2, START)]);
      const first = await events.arrivals(id, null, 10);
      assert.deepEqual(
        first.events.map((event) => [event.id, event.title, event.artists]),
        [
          ['e1', 'Song 1', ['Artist 1']],
          ['e2', 'Song 2', ['Artist 2']],
        ],
      );
      assert.deepEqual(await events.arrivals(id, first.cursor, 10), { events: [], cursor: first.cursor });
      await events.record(id, [like(2, START), like(3, START - DAY), like(4, START)]);
      const next = await events.arrivals(id, first.cursor, 10);
      assert.deepEqual(next.events.map((event) => event.id).sort(), ['e3', 'e4']);
      const newest = await events.arrivals(id, null, 1);
      assert.deepEqual([newest.events.length, newest.cursor], [1, next.cursor]);
      await assert.rejects(events.arrivals('nobody', null, 1), failsWith('NOT_FOUND'));
    });

    it('more events than fit in one call come page by page, without gaps', async ({ repository: { events }, id }) => {
      const like = (n: number) => ({ ...play(n, START), id: `e${n}`, kind: 'like' as const });
      await events.record(id, [like(0)]);
      let { cursor } = await events.arrivals(id, null, 10);
      for (let n = 1; n <= 25; n++) await events.record(id, [like(n)]);
      const pages: string[][] = [];
      do {
        const page = await events.arrivals(id, cursor, 10);
        pages.push(page.events.map((event) => event.id));
        cursor = page.cursor;
      } while (pages.at(-1)!.length === 10);
      assert.deepEqual(
        pages.map(({ length }) => length),
        [10, 10, 5],
      );
      assert.deepEqual(
        pages.flat(),
        Array.from({ length: 25 }, (_, i) => `e${i + 1}`),
      );
    });

    it('one experiment runs at a time, also when two processes start one at once', async ({ repository }) => {
      const other = await again();
      try {
        const start = ({ experiments }: ListenerRepository, a: string) =>
          experiments.start({ kind: 'split', a, b: 'popularity', at: START });
        const started = await Promise.allSettled([start(repository, 'als'), start(other, 'artists')]);
        assert.deepEqual(started.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
        const refused = started.find((outcome) => outcome.status === 'rejected')!;
        assert.ok(failsWith('USAGE')(refused.reason));
        const running = (await repository.experiments.running())!;
        assert.deepEqual(await other.experiments.end(START + 1), { ...running, endedAt: START + 1 });
        assert.equal(await repository.experiments.end(), null);
        const next = await start(repository, 'title');
        assert.equal((await other.experiments.running())!.id, next.id);
        await repository.experiments.end();
      } finally {
        await other.close();
      }
    });

    it('the lag of a partition is the latest that was reported, whoever reported it', async ({ repository }) => {
      const lag = (topic: string, partition: number, messages: number, at: number) => ({
        group: 'segue-events',
        topic,
        partition,
        lag: messages,
        at,
      });
      await repository.streamLag.report([lag('b', 1, 7, START), lag('b', 0, 5, START), lag('a', 0, 1, START)]);
      await repository.streamLag.report([]);
      await repository.streamLag.report([lag('b', 1, 0, START + 5)]);
      assert.deepEqual(await repository.streamLag.all(), [
        lag('a', 0, 1, START),
        lag('b', 0, 5, START),
        lag('b', 1, 0, START + 5),
      ]);
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
      const other = await listeners.add({ name: `Other ${count}` });
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
}

describe('embedded', () => {
  let done: (() => void) | undefined;
  let folder = '';
  contract(
    'SQLite in the library folder',
    false,
    () =>
      new Promise((resolve, reject) => {
        withTemporary(async (dir) => {
          folder = dir;
          resolve(await openRepository(dir));
          await new Promise<void>((end) => (done = end));
        }).catch(reject);
      }),
    () => openRepository(folder),
  );
  after(() => done?.());

  test('of two experiments left running by an older version, the newest continues', () =>
    withTemporary(async (dir) => {
      await (await openRepository(dir)).close();
      const file = new DatabaseSync(join(dir, DATABASE_FILE));
      file.exec(`drop index events_arrival; drop index experiments_running;
        drop table listener_invitations; drop table passkeys; drop table identities; drop table ceremonies;
        drop table stream_lag;
        alter table sessions drop column device; alter table sessions drop column address;
        alter table sessions drop column seen_at;
        delete from kysely_migration where name >= '0006-';
        insert into experiments values ('x-1', 'split', 'a', 'b', 10, null), ('x-2', 'split', 'c', 'd', 20, null),
          ('x-0', 'split', 'e', 'f', 5, 7)`);
      file.close();
      const repository = await openRepository(dir);
      assert.deepEqual(
        (await repository.experiments.all()).map(({ id, endedAt }) => [id, endedAt]),
        [
          ['x-2', null],
          ['x-1', 20],
          ['x-0', 7],
        ],
      );
      await repository.close();
    }));
});

describe('postgres', () => {
  let postgres: Postgres | undefined;
  contract(
    'PostgreSQL',
    postgresLacks,
    async () => {
      postgres = await startPostgres();
      return openRepository('unused', postgres.url);
    },
    () => openRepository('unused', postgres!.url),
  );
  after(() => postgres?.stop());
});
