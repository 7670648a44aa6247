import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../../errors.ts';
import { Admission } from './admission.ts';

const refused = (error: unknown): boolean => error instanceof SegueError && error.code === 'OVERLOADED';

test('beyond the bound a question is refused at once, and one that waited too long is refused later', async () => {
  let now = 0;
  const admission = new Admission<number>({ waiting: 2, patience: 100, standing: 2 }, () => now);
  const first = admission.enter('a', 1);
  now = 60;
  const second = admission.enter('b', 2);
  assert.throws(() => admission.enter('c', 3), refused);
  now = 120;
  assert.equal(admission.next()?.work, 2, 'the first has waited too long');
  await assert.rejects(first, refused);
  assert.equal(admission.next(), null);
  assert.equal(await Promise.race([second, 'open']), 'open');
});

test('a burst may fill the queue; once it has not been empty for as long as one may wait, it is kept short', () => {
  let now = 0;
  const admission = new Admission<number>({ waiting: 5, patience: 100, standing: 2 }, () => now);
  const enter = (work: number): void => void admission.enter(`${work}`, work).catch(() => {});
  for (let i = 0; i < 5; i++) enter(i);
  for (now = 50; now <= 150; now += 50) {
    admission.next();
    enter(now);
  }
  assert.equal(admission.waiting, 2, 'the first ones waited too long, and the queue stands');
  assert.throws(() => enter(7), refused);
  while (admission.next());
  for (let i = 10; i < 15; i++) enter(i);
  assert.equal(admission.waiting, 5, 'it was empty: another burst may fill it');
});

test('equal questions are one, until it is answered', async () => {
  const admission = new Admission<number>({ waiting: 1, patience: 100, standing: 1 }, () => 0);
  const asked = [admission.enter('a', 1), admission.enter('a', 1)];
  const ticket = admission.next()!;
  asked.push(admission.enter('a', 1));
  assert.equal(admission.next(), null, 'a question that runs is not asked again');
  admission.done(ticket);
  ticket.resolve('answer');
  assert.deepEqual(await Promise.all(asked), ['answer', 'answer', 'answer']);
  void admission.enter('a', 1);
  assert.equal(admission.waiting, 1);
});

test('a question that runs is abandoned when the last who asked it is gone; asked again, it is another', () => {
  const admission = new Admission<number>({ waiting: 2, patience: 100, standing: 2 }, () => 0);
  const clients = [new AbortController(), new AbortController()];
  for (const { signal } of clients) void admission.enter('a', 1, signal).catch(() => {});
  const running = admission.next()!;
  let abandoned = 0;
  running.abandon = () => abandoned++;
  clients[0]!.abort();
  assert.equal(abandoned, 0);
  clients[1]!.abort();
  assert.equal(abandoned, 1);
  void admission.enter('a', 1);
  const again = admission.next()!;
  assert.notEqual(again, running);
  admission.done(running);
  void admission.enter('a', 1);
  assert.equal(admission.waiting, 0, 'the end of the abandoned one does not end the other');
});

test('a question leaves the queue when the last who asked it is gone, and counts as cancelled, not refused', async () => {
  const admission = new Admission<number>({ waiting: 2, patience: 100, standing: 2 }, () => 0);
  const clients = [new AbortController(), new AbortController()];
  const [asked] = clients.map(({ signal }) => admission.enter('a', 1, signal));
  clients[0]!.abort();
  assert.equal(admission.waiting, 1);
  clients[1]!.abort();
  assert.equal(admission.waiting, 0);
  await assert.rejects(asked!, { code: 'CANCELLED' });
  assert.equal(admission.refused, 0);
});
