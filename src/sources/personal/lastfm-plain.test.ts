import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readExport, writeExport } from '../../../test/support/exports.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { timeOf } from './values.ts';

test('times are what each says by itself, whatever the day of the row before', () =>
  withTemporary(async (dir) => {
    const days = ['1 Jan 2020', '11 Jan 2020', '1 Jan 2020,', '31 Feb 2020', '01 Jan 2020', '9 Xyz 2020', '2 Feb 1950'];
    const clocks = ['00:00', '9:05', '10:31', '23:59', '24:00', '12:60'];
    // The first lines tell the format.
    const head = clocks.map((clock) => `3 Mar 2021, ${clock}`);
    const dates = days.flatMap((day) => clocks.map((clock) => `${day} ${clock}`)).flatMap((date) => [date, ` ${date}`]);
    dates.unshift(...head);
    const file = { 'someone.csv': dates.map((date, i) => `"A","","Song ${i}","${date}"\n`).join('') };
    await writeExport(dir, file);
    const { rows } = await readExport([join(dir, 'someone.csv')]);
    const expected = dates.map((date) => timeOf(date.replace(',', ''))).filter((at) => !Number.isNaN(at));
    assert.ok(expected.length > 30);
    assert.deepEqual(
      rows.map((row) => (row.kind === 'play' ? row.at : row.kind)),
      expected,
    );
  }));
