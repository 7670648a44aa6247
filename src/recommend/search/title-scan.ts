import type { StringColumn } from '../../dataset/strings.ts';

const APOSTROPHE = 0x27;
const BACKTICK = 0x60;

/**
 * Yields names that may have this title key (see titleKey), in one pass over their bytes: no index is needed, which pays off for a few titles. Never
 * misses one; the caller compares the keys.
 */
export function* namesLike(names: StringColumn, key: string): Iterable<number> {
  const word = new TextEncoder().encode(key.split(' ').reduce((a, b) => (b.length > a.length ? b : a)));
  const { heap, offsets } = names;
  for (let i = 0; i < names.length; i++) if (mayHold(heap, offsets[i]!, offsets[i + 1]!, word)) yield i;
}

/**
 * Whether a name may contain the word of its key. Normalising an ASCII name changes its case, drops apostrophes, and joins the text around a bracket;
 * otherwise words stay as they are in the name. A name with other characters, or with letters immediately after a bracket, always passes.
 */
function mayHold(heap: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  let found = false;
  for (let i = from; i < to; i++) {
    const c = heap[i]!;
    if (c >= 0x80) return true;
    if ((c === 0x29 || c === 0x5d || c === 0x7d) && i + 1 < to && heap[i + 1] !== 0x20) return true;
    if (!found && (c | 0x20) === word[0]) found = beginsAt(heap, i, to, word);
  }
  return found;
}

function beginsAt(heap: Uint8Array, at: number, to: number, word: Uint8Array): boolean {
  let matched = 0;
  for (let i = at; i < to && matched < word.length; i++) {
    const c = heap[i]!;
    if (c >= 0x80) return true;
    if (c === APOSTROPHE || c === BACKTICK) continue;
    if ((c | 0x20) !== word[matched]) return false;
    matched++;
  }
  return matched === word.length;
}
