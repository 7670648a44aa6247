import type { FastifyRequest } from 'fastify';
import { SegueError } from '../errors.ts';
import { turn, turnIsSpent } from '../turn/turn.ts';
import type { App } from './context.ts';

/** Limit on values in a body: the longest lists that a route accepts have less than half as many. Parsing many more would delay other requests. */
export const MOST_VALUES = 300_000;
/** Limit on nesting levels in a body: no schema has half as many. */
export const MOST_LEVELS = 32;
/** Limit on fields of one object: a field name that no other object has costs as much as fifty values. */
export const MOST_FIELDS = 1000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x5b, 0x7b, 0x5d, 0x7d];

/** From this many characters of a body, or items in an answer, each processing step may wait for a turn of its own. */
const LONG_BODY = 32_768;
const LONG_LIST = 200;

/**
 * Refuses JSON bodies that would be slow to parse before parsing them. Long bodies are scanned, parsed, validated and used, and long answers
 * serialised, each in a later turn of the event loop once the current one is used up: for a list of 10,000 songs, each of these steps takes some
 * milliseconds.
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

/** Runs a step at once, or in a later turn if it is long and the current turn is used up. */
function inTime(isLong: boolean, step: () => void): void {
  if (isLong && turnIsSpent()) void turn().then(step);
  else step();
}

const hasLongList = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  Object.values(answer).some((part) => Array.isArray(part) && part.length >= LONG_LIST);

/** Which limit the JSON exceeds, null if none; one pass that skips strings. */
function excess(text: string): string | null {
  let [values, level] = [0, 0];
  /** By level, the number of fields so far of the open object; −∞ for a list. */
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

/** Position of the quote that ends the string beginning at `from`; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i;
    if (c === BACKSLASH) i++;
  }
  return text.length;
}
