/** No export that is read as a whole holds more values: a library of a million songs has five million. One of two bytes takes sixty once it is parsed. */
export const MOST_VALUES = 8_000_000;

const [QUOTE, BACKSLASH, OPEN, OPEN_LIST, COMMA] = [0x22, 0x5c, 0x7b, 0x5b, 0x2c];

/** Whether the UTF-8 of a JSON value holds more values than that; an empty list counts as two. What is no JSON may be told either way. */
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
