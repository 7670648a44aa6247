import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../../errors.ts';
import { parsePasted } from '../../recommend/resolve.ts';
import { overloaded } from './admission.ts';
import { type Answering, type Asker, type Input, toJson } from './question.ts';
import { resolveInParts } from './resolve-parts.ts';

const TEXT = Array.from({ length: 1050 }, (_, i) => `Artist ${i} – Title`).join('\n');
/** How many parts that makes. */
const PARTS = 21;
const AT_ONCE = 3;
const RETRY = { after: 1, times: 2 };

/** Answers each part by `part`, whose number counts the parts in the order they are asked. */
function answering(part: (number: number, asker: Asker) => Promise<void>): Answering & { asked: number } {
  const answers = {
    atOnce: AT_ONCE,
    asked: 0,
    async ask(kind: string, input: unknown, asker: Asker): Promise<unknown> {
      if (kind === 'pasted') return parsePasted((input as Input<'pasted'>).text);
      const { lines } = input as Input<'resolveLines'>;
      await part(answers.asked++, asker);
      const found = lines.map(({ line, text }) => ({ line, text, track: line % 2 ? { uri: `${line}` } : null }));
      return { matched: found.filter(({ track }) => track).length, json: toJson(found) };
    },
    json: () => assert.fail('a long list is not one question'),
  };
  return answers as unknown as Answering & { asked: number };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('as many parts of a long list run at once as there are threads, and they are joined in order whichever ends first', async () => {
  let [running, most] = [0, 0];
  const answers = answering(async (number) => {
    most = Math.max(most, ++running);
    for (let left = (number * 7) % 5; left >= 0; left--) await turn();
    running--;
  });
  const json = await resolveInParts(answers, { text: TEXT, suggestions: 3 });
  const { lines, tookMs, ...rest } = JSON.parse(new TextDecoder().decode(json));
  assert.deepEqual(
    lines.map(({ line, text }: { line: number; text: string }) => [line, text]),
    parsePasted(TEXT).lines.map(({ line, text }) => [line, text]),
  );
  assert.deepEqual(rest, { format: 'lines', title: '', matched: 525, unmatched: 525 });
  assert.ok(tookMs > 0);
  assert.deepEqual([answers.asked, most], [PARTS, AT_ONCE]);
});

test('a text without a song in it has no lines', async () => {
  const json = await resolveInParts(answering(turn), { text: '\n'.repeat(5000), suggestions: 3 });
  const { tookMs: _, ...rest } = JSON.parse(new TextDecoder().decode(json));
  assert.deepEqual(rest, { format: 'lines', title: '', matched: 0, unmatched: 0, lines: [] });
});

test('a failed part fails the list: the others are abandoned and no more are started', async () => {
  const defect = new TypeError('defect');
  const givenUp: number[] = [];
  const answers = answering(async (number, { gone }) => {
    if (number === 4) throw defect;
    if (number < 3) return;
    await new Promise<void>((_, reject) =>
      gone!.addEventListener('abort', () => {
        givenUp.push(number);
        reject(new SegueError('CANCELLED', { got: 'given up' }));
      }),
    );
  });
  await assert.rejects(resolveInParts(answers, { text: TEXT, suggestions: 3 }, {}, RETRY), defect);
  await turn();
  assert.deepEqual(givenUp, [3, 5]);
  assert.equal(answers.asked, 6);
});

test('no more parts are started once the client has left', async () => {
  const client = new AbortController();
  const answers = answering(async (number) => {
    if (number === 4) client.abort();
  });
  await assert.rejects(resolveInParts(answers, { text: TEXT, suggestions: 3 }, { gone: client.signal }), {
    code: 'CANCELLED',
  });
  await turn();
  assert.ok(answers.asked <= 4 + AT_ONCE, `${answers.asked} parts`);
});

test('a part refused for lack of room is retried, but not forever', async () => {
  const once = answering(async (number) => {
    if (number === 2 || number === 3) throw overloaded();
  });
  await resolveInParts(once, { text: TEXT, suggestions: 3 }, {}, RETRY);
  assert.equal(once.asked, PARTS + 2);
  const never = answering(async (number) => {
    if (number >= 2) throw overloaded();
  });
  await assert.rejects(resolveInParts(never, { text: TEXT, suggestions: 3 }, {}, RETRY), { code: 'OVERLOADED' });
  assert.ok(never.asked <= 2 + AT_ONCE * (RETRY.times + 1), `${never.asked} parts`);
});
