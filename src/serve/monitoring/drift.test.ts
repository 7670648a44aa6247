import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareHours, Drift, type DriftHour, differentAmong, HOURS, PER_MINUTE } from './drift.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const song = (name: string) => ({ uri: name, artists: [name[0]!] });
const songs = (...names: string[]) => names.map(song);
const close = (a: number | null, b: number): void => assert.ok(a !== null && Math.abs(a - b) < 1e-9, `${a} for ${b}`);

test('expected distinct items in a sample: by hand', () => {
  // a, a, b: of the three pairs, (a, a) holds one and (a, b) twice two: 5/3.
  close(differentAmong([2, 1], 2), 5 / 3);
  // a, a, a, b, c: of ten pairs three are (a, a): (3 × 1 + 7 × 2) / 10.
  close(differentAmong([3, 1, 1], 2), 1.7);
  close(differentAmong([1, 1, 1, 1], 4), 4);
  close(differentAmong([7], 5), 1);
  close(differentAmong([3, 2], 5), 2);
  assert.equal(differentAmong([2, 1], 4), null, 'fewer than are drawn');
});

test('expected distinct items in a sample: every possible sample', () => {
  const counts = [4, 3, 1, 1];
  const all = counts.flatMap((count, thing) => Array<number>(count).fill(thing));
  let [sum, draws] = [0, 0];
  for (let set = 0; set < 1 << all.length; set++) {
    const drawn = all.filter((_, i) => set & (1 << i));
    if (drawn.length !== 4) continue;
    sum += new Set(drawn).size;
    draws++;
  }
  assert.equal(draws, 126);
  close(differentAmong(counts, 4), sum / draws);
});

test('an hour has its lists, distinct songs and artists, and the median number of their playlists', () => {
  let now = 5 * HOUR;
  const held: Record<string, number> = { a1: 10, a2: 20, b1: 400 };
  const drift = new Drift(
    (uri) => held[uri] ?? null,
    () => now,
  );
  // 50 times a1, 26 times a2, 24 times b1, and nothing more: 100 drawn of 100 are all of them.
  for (let i = 0; i < 50; i++) {
    now += 1000;
    drift.recommended(songs('a1', i < 26 ? 'a2' : 'b1'));
  }
  const [hour, ...more] = drift.hours();
  assert.deepEqual(more, []);
  assert.deepEqual([hour!.at, hour!.lists, hour!.songs, hour!.heldBy], [5 * HOUR, 50, 100, 10]);
  close(hour!.differentSongs, 3);
  close(hour!.differentArtists, 2);
  now += HOUR;
  drift.recommended(songs('b1'));
  assert.deepEqual(drift.hours()[0], hour, 'an hour that has ended stays as it was');
  const { lists, differentSongs, differentArtists, heldBy } = drift.hours()[1]!;
  assert.deepEqual([lists, differentSongs, differentArtists, heldBy], [1, null, null, null]);
});

test('songs without data do not enter the median', () => {
  const drift = new Drift(
    (uri) => (uri === 'x' ? null : Number(uri)),
    () => 0,
  );
  drift.recommended([...Array(101)].map((_, i) => song(String(i))));
  drift.recommended(Array(150).fill(song('x')));
  assert.equal(drift.hours()[0]!.heldBy, 50);
});

test('a busy minute takes no extra memory, and hours are kept for a week', () => {
  let now = 0;
  const drift = new Drift(
    () => null,
    () => now,
  );
  for (let i = 0; i < 100; i++) drift.recommended([...Array(50)].map((_, j) => song(`${i} ${j}`)));
  assert.equal(drift.hours()[0]!.songs, PER_MINUTE);
  now += MINUTE;
  drift.recommended(songs('a'));
  assert.equal(drift.hours()[0]!.songs, PER_MINUTE + 1);
  for (let hour = 1; hour < HOURS + 20; hour++) {
    now = hour * HOUR;
    drift.recommended(songs('a'));
  }
  const hours = drift.hours();
  assert.equal(hours.length, HOURS);
  assert.deepEqual([hours[0]!.at / HOUR, hours.at(-1)!.at / HOUR], [20, HOURS + 19]);
});

test('the latest hour is compared with the earlier ones', () => {
  const hours = (values: (number | null)[]): DriftHour[] =>
    values.map((differentSongs, i) => ({
      at: i * HOUR,
      lists: 9,
      songs: 300,
      differentSongs,
      differentArtists: null,
      heldBy: null,
    }));
  const of = (values: (number | null)[]) => compareHours(hours(values))[0]!;
  assert.deepEqual(of([]), { measure: 'differentSongs', now: null, usual: null, unusual: false });
  assert.deepEqual(of([80, 81, 20]), { measure: 'differentSongs', now: 20, usual: null, unusual: false });
  const usual = { median: 81, least: 80, most: 90 };
  assert.deepEqual(of([81, 90, 80, 20, null]), { measure: 'differentSongs', now: 20, usual, unusual: true });
  assert.deepEqual(of([90, null, 80, 81, 90]), { measure: 'differentSongs', now: 90, usual, unusual: false });
  assert.equal(of([80, 82, 84, 90, 91]).usual!.median, 83);
  assert.equal(of([80, 82, 84, 91]).unusual, true);
});
