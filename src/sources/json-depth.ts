/** No export nests deeper. A level of two bytes takes a hundred once it is parsed. */
export const DEEPEST_JSON = 64;

/** Bytes of a text that may be parsed whatever it is: at worst it takes 6 MB. */
const SHORT = 1 << 16;

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** Whether a JSON value in UTF-8 is nested deeper than that; for other texts the answer is arbitrary. */
export function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === QUOTE) {
      for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
    } else if (c === OPEN || c === OPEN_LIST) {
      if (++depth > DEEPEST_JSON) return true;
    } else if (c === CLOSE || c === CLOSE_LIST) depth--;
  }
  return false;
}

/** The same of a text, of which a short one may nest as it likes. */
export const isTextTooDeep = (text: string): boolean => text.length > SHORT && isTooDeep(Buffer.from(text));
