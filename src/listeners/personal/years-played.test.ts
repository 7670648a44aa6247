import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { openRepository } from '../open.ts';
import { yearsPlayed } from './years-played.ts';

const playedAt = (moments: readonly string[], skipped = false) =>
  moments.map((moment) => ({
    id: moment,
    song: 't:1',
    title: 'Song',
    artists: [],
    at: Date.parse(moment),
    msPlayed: 60_000,
    skipped,
    source: 'test',
  }));

test('years are those of the time zone, newest first, without years of nothing but skips', () =>
  withTemporary(async (dir) => {
    const { listeners, plays, close } = await openRepository(dir);
    try {
      const { id } = await listeners.add({ name: 'Ada' });
      assert.deepEqual(await yearsPlayed(plays, id, 'UTC'), []);
      await plays.add(id, playedAt(['2019-12-31T14:30:00Z', '2022-12-31T23:30:00Z', '2023-01-01T00:30:00Z']));
      await plays.add(id, playedAt(['2021-06-01T12:00:00Z'], true));
      assert.deepEqual(await yearsPlayed(plays, id, 'UTC'), [2023, 2022, 2019]);
      assert.deepEqual(await yearsPlayed(plays, id, 'Asia/Tokyo'), [2023, 2019]);
      assert.deepEqual(await yearsPlayed(plays, id, 'America/New_York'), [2022, 2019]);
      assert.deepEqual(await yearsPlayed(plays, id, 'Pacific/Kiritimati'), [2023, 2020]);
    } finally {
      await close();
    }
  }));
