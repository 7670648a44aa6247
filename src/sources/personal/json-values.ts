/** Maximum number of values in an export that is parsed as a whole: a library of a million songs has five million. A value of two bytes takes sixty when parsed. */
export const MOST_VALUES = 8_000_000;

const [QUOTE, BACKSLASH, OPEN, OPEN_LIST, COMMA] = [0x22, 0x5c, 0x7b, 0x5b, 0x2c];

/** Whether a JSON value in UTF-8 has more values than that; an empty list counts as two. For other texts the answer is arbitrary. */
export function hasTooManyValues(bytes: Uint8Array): boolean {
  // The first value of each list and object, and those behind commas.
  let values = 0;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === QUOTE) {
      for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
    } else if ((c === OPEN || c === OPEN_LIST || c === COMMA) && ++values > MOST_VALUES) return true;
  }
  return false;
}
