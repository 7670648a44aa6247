import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginInTurn, turn, turnIsSpent } from './turn.ts';

const later = (): Promise<void> => new Promise(setImmediate);

test('of many long works one goes on in each turn of the event loop, in their order', async () => {
  const resumed: number[] = [];
  const work = async (name: number): Promise<void> => {
    for (let piece = 0; piece < 5; piece++) {
      await turn();
      resumed.push(name);
    }
  };
  let running = true;
  let turns = 0;
  const watch = async (): Promise<void> => {
    for (let before = 0; running; turns++) {
      await new Promise(setImmediate);
      assert.ok(resumed.length - before <= 1, `${resumed.length - before} went on in one turn`);
      before = resumed.length;
    }
  };
  const names = Array.from({ length: 20 }, (_, name) => name);
  const works = Promise.all(names.map(work)).then(() => {
    running = false;
  });
  await Promise.all([works, watch()]);
  assert.deepEqual(resumed, Array.from({ length: 5 }, () => names).flat());
  assert.ok(turns >= 100);
});

test('whoever waits alone goes on in the next turn', async () => {
  const order: string[] = [];
  const first = turn().then(() => order.push('first'));
  setImmediate(() => order.push('immediate'));
  await first;
  await turn();
  assert.deepEqual(order, ['first', 'immediate']);
});

test('what begins and pieces of long works go on in turns of their own, one of each after the other', async () => {
  const order: string[] = [];
  const pieces = ['a', 'b', 'c'].map((name) => turn().then(() => order.push(name)));
  const begun = [1, 2].map(
    (name) =>
      new Promise<void>((resolve) =>
        beginInTurn(() => {
          order.push(String(name));
          resolve();
        }),
      ),
  );
  await Promise.all([...pieces, ...begun]);
  assert.match(order.join(''), /^(a1b2c|1a2bc)$/);
});

test('a turn is spent by the sum of what works in it, and the next one is fresh', async (t) => {
  // A clock that only work moves: a busy machine spends no turn.
  let clock = performance.now();
  t.mock.method(performance, 'now', () => clock);
  const hold = (ms: number): void => void (clock += ms);
  await later();
  assert.ok(!turnIsSpent());
  hold(3);
  const other = Promise.resolve().then(() => {
    hold(3);
    return turnIsSpent();
  });
  assert.ok(await other, 'two works of 3 ms are one of 6');
  await turn();
  assert.ok(!turnIsSpent(), 'whoever has waited goes on');
  hold(6);
  assert.ok(turnIsSpent());
  await later();
  await later();
  assert.ok(!turnIsSpent());
});
