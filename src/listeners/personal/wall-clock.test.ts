import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WallClock } from './wall-clock.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const QUARTER = 900_000;

test('year, weekday and hour are those of Intl in every zone, also in the hours around a change of the clocks', () => {
  for (const timeZone of [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  ]) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    const clock = new WallClock(timeZone);
    const moments: number[] = [];
    // Samoa skipped 30 December 2011; the other zones change their clocks in these weeks of 2023.
    for (const start of [
      '2011-12-28',
      '2023-03-10',
      '2023-03-24',
      '2023-04-01',
      '2023-09-30',
      '2023-10-28',
      '2023-11-04',
      '2023-12-30',
    ])
      for (let i = 0; i < 4 * 24 * 4; i++) moments.push(Date.parse(start) + i * QUARTER + ((i * 7919) % QUARTER));
    // Also out of order.
    for (const at of [...moments, ...moments.toReversed()]) {
      const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
      assert.deepEqual(
        clock.read(at),
        { year: Number(parts.year), weekday: WEEKDAYS.indexOf(parts.weekday!), hour: Number(parts.hour) },
        `${new Date(at).toISOString()} in ${timeZone}`,
      );
    }
  }
});
