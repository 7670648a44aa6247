import type { FastifyRequest } from 'fastify';
import { SegueError } from '../errors.ts';
import { turn, turnIsSpent } from '../turn/turn.ts';
import type { App } from './context.ts';

/** Values of a body: the longest lists that a route takes have less than half as many. Reading many more would keep the others waiting. */
export const MOST_VALUES = 300_000;
/** Levels of a body: no schema has half as many. */
export const MOST_LEVELS = 32;
/** Fields of one object: each that no other object has costs as much as fifty values. */
export const MOST_FIELDS = 1000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x5b, 0x7b, 0x5d, 0x7d];

/** Characters of a body, and items of a list in an answer, from which on each step with them may wait for a turn of its own. */
const LONG_BODY = 32_768;
const LONG_LIST = 200;

/**
 * Refuses bodies of JSON that are slow to read for what they hold, before they are read. Long ones are looked through, read, checked and used, and long
 * answers written, each in a later turn of the event loop where this one is spent: for a list of 10,000 songs any of these takes some milliseconds.
 */
export function limitJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const long = new WeakSet<FastifyRequest>();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body as string;
    const isLong = text.length >= LONG_BODY;
    if (isLong) long.add(request);
    inTime(isLong, () => {
      const got = excess(text);
      if (got === null) return inTime(isLong, () => void parse(request, text, done));
      done(
        new SegueError('BODY_TOO_LARGE', {
          got,
          expected: `at most ${MOST_VALUES.toLocaleString('en')} values in ${MOST_LEVELS} levels, and ${MOST_FIELDS} fields in an object`,
          remedy: 'Send the list in parts',
        }),
      );
    });
  });
  app.addHook('preValidation', (request, _reply, done) => inTime(long.has(request), done));
  app.addHook('preHandler', (request, _reply, done) => inTime(long.has(request), done));
  app.addHook('preSerialization', (_request, _reply, answer, done) =>
    inTime(hasLongList(answer), () => done(null, answer)),
  );
}

/** Does a step at once, or in a later turn where it is a long one and this turn is spent. */
function inTime(isLong: boolean, step: () => void): void {
  if (isLong && turnIsSpent()) void turn().then(step);
  else step();
}

const hasLongList = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  Object.values(answer).some((part) => Array.isArray(part) && part.length >= LONG_LIST);

/** What JSON has too much of, null when it is within the limits; one pass, strings are stepped over. */
function excess(text: string): string | null {
  let [values, level] = [0, 0];
  /** By level, the fields of the object that is open there so far; −∞ for a list. */
  const fields = new Float64Array(MOST_LEVELS + 1).fill(-Infinity);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i = endOfString(text, i + 1);
      continue;
    }
    if (c === CLOSE_LIST || c === CLOSE_OBJECT) level--;
    const opens = c === OPEN_LIST || c === OPEN_OBJECT;
    if (!opens && c !== COMMA) continue;
    if (++values > MOST_VALUES) return 'The request body has too many values';
    if (opens) {
      if (++level > MOST_LEVELS) return 'The request body is nested too deep';
      fields[level] = c === OPEN_OBJECT ? 1 : -Infinity;
    } else if (++fields[level]! > MOST_FIELDS) return 'The request body has an object with too many fields';
  }
  return null;
}

/** The place of the quote that ends the string which begins at `from`; the end of the text when there is none. */
function endOfString(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i;
    if (c === BACKSLASH) i++;
  }
  return text.length;
}
