import { setTimeout as sleep } from 'node:timers/promises';
import { SegueError } from '../../errors.ts';
import { tooMuch } from './pool.ts';
import type { Answering, Asker, Input } from './question.ts';
import { LONGEST } from './watch.ts';

/** A shorter text is one question: dividing it would cost more than it saves. */
const SHORT = 4000;
/** Lines per part. A misspelt line takes about a millisecond, so other queries wait about 50 ms for a part. */
const LINES = 50;
/** A part refused for lack of room is retried this many times, after this many milliseconds each. */
const RETRY = { after: 1000, times: 5 };

/**
 * Matches a pasted list as the question `resolve` does, with the same JSON in UTF-8. A long list is divided into parts, of which as many run at once
 * as there are threads; each part waits in the queue like any other question, so that other questions come in between.
 * @param retry how often, and after how many milliseconds, a refused part is asked again @throws SegueError OVERLOADED when the list or one of its
 * parts finds no room, or takes more than a minute from the first answered part on, CANCELLED when the client is gone, USAGE over 10,000 songs
 */
export async function resolveInParts(
  answers: Answering,
  { text, suggestions }: Input<'resolve'>,
  asker: Asker = {},
  retry = RETRY,
): Promise<Uint8Array> {
  if (text.length < SHORT) return answers.json('resolve', { text, suggestions }, asker);
  const start = performance.now();
  const failed = new AbortController();
  const late = new AbortController();
  let minute: NodeJS.Timeout | undefined;
  const gone = AbortSignal.any([failed.signal, late.signal, ...(asker.gone ? [asker.gone] : [])]);
  const whole: Asker = { ...asker, gone };
  const match = async (part: Input<'resolveLines'>): Promise<{ matched: number; json: Uint8Array }> => {
    for (let left = retry.times; ; left--) {
      if (gone.aborted)
        throw new SegueError('CANCELLED', { got: 'The client disconnected before its list was matched' });
      try {
        return await answers.ask('resolveLines', part, whole);
      } catch (error) {
        if (left === 0 || !(error instanceof SegueError && error.code === 'OVERLOADED')) throw error;
      }
      await sleep(retry.after, null, { signal: gone }).catch(() => {});
    }
  };
  try {
    const { format, title, lines } = await answers.ask('pasted', { text }, whole);
    const parts = new Array<Uint8Array>(Math.ceil(lines.length / LINES));
    let [next, matched] = [0, 0];
    const lane = async (): Promise<void> => {
      while (next < parts.length) {
        const part = next++;
        const found = await match({ lines: lines.slice(part * LINES, (part + 1) * LINES), suggestions });
        matched += found.matched;
        // Until then, a thread may be loading the search index; the pool limits that time itself.
        minute ??= setTimeout(() => late.abort(), LONGEST);
        parts[part] = found.json;
      }
    };
    await Promise.all(Array.from({ length: answers.atOnce ?? 1 }, lane));
    const tookMs = Math.round((performance.now() - start) * 100) / 100;
    return joined({ tookMs, format, title, matched, unmatched: lines.length - matched }, parts);
  } catch (error) {
    failed.abort();
    throw late.signal.aborted ? tooMuch() : error;
  } finally {
    clearTimeout(minute);
  }
}

/** One JSON object of some fields and `lines`: the arrays of all parts in one. */
function joined(fields: object, parts: readonly Uint8Array[]): Uint8Array {
  const pieces: Uint8Array[] = [Buffer.from(`${JSON.stringify(fields).slice(0, -1)},"lines":[`)];
  for (const [i, part] of parts.entries()) {
    if (i > 0) pieces.push(Buffer.from(','));
    pieces.push(part.subarray(1, -1));
  }
  pieces.push(Buffer.from(']}'));
  return Buffer.concat(pieces);
}
