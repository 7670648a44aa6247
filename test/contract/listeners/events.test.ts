import assert from 'node:assert/strict';
import type { ListenerRepository } from '../../../src/listeners/repository.ts';
import { all, contract, DAY, failsWith, play, START } from '../../support/listener-contract.ts';

contract('events, experiments and lag', (it, again) => {
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

  it('events of several listeners are recorded together or not at all', async ({
    repository: { events, plays, listeners },
    id,
  }) => {
    const other = await listeners.add({ name: 'Somebody else' });
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
});
