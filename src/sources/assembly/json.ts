// A walk through JSON as bytes that makes no objects: the caller says what it looks for and gets places in the bytes. It accepts exactly
// the JSON of RFC 8259 (a depth of 64 is enough for what it reads). Whatever is no JSON, or not of the form looked for, traps.

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const MINUS: u32 = 0x2d;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
export const OPEN_BRACE: u32 = 0x7b;
export const CLOSE_BRACE: u32 = 0x7d;
export const OPEN_BRACKET: u32 = 0x5b;
export const CLOSE_BRACKET: u32 = 0x5d;
const DEEPEST = 64;

/** Bytes of zero behind the text: it ends every loop, and 16 bytes may be loaded from any place of it. */
export const PADDING: usize = 32;

/** What Number() makes of the characters from … to. */
// @ts-ignore: decorator
@external('host', 'parseNumber')
declare function parseNumber(from: usize, to: usize): f64;

/** Current position. */
let at: usize = 0;
let depth: i32 = 0;
/** The last text read, between its quotes. */
export let from: usize = 0;
export let to: usize = 0;
export let escaped: bool = false;

export function begin(start: usize): void {
  at = start;
  depth = 0;
}

/** Ends the walk: the host takes another way. */
export function unusual(): void {
  unreachable();
}

/** The next byte that is not space; 0 at the end. */
// @ts-ignore: decorator
@inline
export function peek(): u32 {
  const c = <u32>load<u8>(at);
  if (c > 0x20) return c;
  // One space, as behind most colons and commas.
  const behind = <u32>load<u8>(at, 1);
  if (c == 0x20 && behind > 0x20) {
    at++;
    return behind;
  }
  return behindSpace();
}

function behindSpace(): u32 {
  let c = <u32>load<u8>(at);
  while (c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09) {
    at++;
    // Indentation.
    while (i8x16.all_true(i8x16.eq(v128.load(at), i8x16.splat(0x20)))) at += 16;
    c = <u32>load<u8>(at);
  }
  return c;
}

/** Reads the bracket that opens an object or array; false when it is empty, and then closed. */
export function open(bracket: u32): bool {
  expect(bracket);
  if (++depth > DEEPEST) unusual();
  // A closing bracket has the code of its opening one plus 2.
  if (peek() != bracket + 2) return true;
  at++;
  depth--;
  return false;
}

/** True behind a comma, false behind the bracket that closes the object or array. */
// @ts-ignore: decorator
@inline
export function next(close: u32): bool {
  const c = peek();
  at++;
  if (c == COMMA) return true;
  if (c != close) unusual();
  depth--;
  return false;
}

/** Nothing but space may follow. */
export function finish(end: usize): void {
  peek();
  if (at != end) unusual();
}

// @ts-ignore: decorator
@inline
export function isText(): bool {
  return peek() == QUOTE;
}

/** Reads a text. */
export function text(): void {
  if (peek() != QUOTE) unusual();
  let p = at + 1;
  from = p;
  escaped = false;
  for (;;) {
    const v = v128.load(p);
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(v, i8x16.splat(<i8>QUOTE)), i8x16.eq(v, i8x16.splat(<i8>BACKSLASH))),
        i8x16.lt_u(v, i8x16.splat(0x20)),
      ),
    );
    if (stops == 0) {
      p += 16;
      continue;
    }
    p += ctz(stops);
    const c = <u32>load<u8>(p);
    if (c == QUOTE) break;
    if (c != BACKSLASH) unusual();
    escaped = true;
    p = behindEscape(p + 1);
  }
  to = p;
  at = p + 1;
}

/** Checks the escape with its letter at p. */
function behindEscape(p: usize): usize {
  const c = <u32>load<u8>(p);
  if (c == 0x75) {
    for (let i: usize = 1; i <= 4; i++) if (hexDigit(p + i) < 0) unusual();
    return p + 5;
  }
  if (simpleEscape(c) == 0) unusual();
  return p + 1;
}

/** The character that \c stands for; 0 if none. */
function simpleEscape(c: u32): u32 {
  switch (c) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
      return c;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    default:
      return 0;
  }
}

function hexDigit(p: usize): i32 {
  const c = <i32>load<u8>(p);
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function hexUnit(p: usize): u32 {
  return <u32>((hexDigit(p) << 12) | (hexDigit(p + 1) << 8) | (hexDigit(p + 2) << 4) | hexDigit(p + 3));
}

/** Writes the characters of an escaped text [p, end) as UTF-8 to `out`, never more bytes than it has; returns the end of what was written. */
export function decode(p: usize, end: usize, out: usize): usize {
  while (p < end) {
    const c = <u32>load<u8>(p++);
    if (c != BACKSLASH) {
      store<u8>(out++, <u8>c);
      continue;
    }
    const letter = <u32>load<u8>(p++);
    if (letter != 0x75) {
      store<u8>(out++, <u8>simpleEscape(letter));
      continue;
    }
    let code = hexUnit(p);
    p += 4;
    if ((code & 0xf800) == 0xd800) {
      // Two surrogates are one character; one alone becomes U+FFFD, as TextEncoder does.
      const pair = code < 0xdc00 && p + 6 <= end && load<u16>(p) == 0x755c && (hexUnit(p + 2) & 0xfc00) == 0xdc00;
      if (pair) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hexUnit(p + 2) - 0xdc00);
        p += 6;
      } else code = 0xfffd;
    }
    out = encode(code, out);
  }
  return out;
}

function encode(code: u32, out: usize): usize {
  if (code < 0x80) {
    store<u8>(out, <u8>code);
    return out + 1;
  }
  if (code < 0x800) {
    store<u8>(out, <u8>(0xc0 | (code >> 6)));
    store<u8>(out, <u8>(0x80 | (code & 63)), 1);
    return out + 2;
  }
  if (code < 0x10000) {
    store<u8>(out, <u8>(0xe0 | (code >> 12)));
    store<u8>(out, <u8>(0x80 | ((code >> 6) & 63)), 1);
    store<u8>(out, <u8>(0x80 | (code & 63)), 2);
    return out + 3;
  }
  store<u8>(out, <u8>(0xf0 | (code >> 18)));
  store<u8>(out, <u8>(0x80 | ((code >> 12) & 63)), 1);
  store<u8>(out, <u8>(0x80 | ((code >> 6) & 63)), 2);
  store<u8>(out, <u8>(0x80 | (code & 63)), 3);
  return out + 4;
}

/**
 * Reads a key and its colon. Keys are 16 bytes each: at most 15 letters, the length in the last byte. The key that is expected is compared
 * first, so a key that stands where it is expected costs one comparison.
 * @returns the key's place in the table, −1 for any other
 */
export function key(keys: usize, count: i32, expected: i32): i32 {
  if (peek() != QUOTE) unusual();
  let found = -1;
  const slot = keys + ((<usize>expected) << 4);
  const length = <usize>load<u8>(slot, 15);
  if (<u32>load<u8>(at + 1 + length) == QUOTE && begins(at + 1, slot, length)) {
    found = expected;
    at += length + 2;
  } else {
    text();
    if (escaped) unusual();
    for (let k = 0; k < count && found < 0; k++) {
      const other = keys + ((<usize>k) << 4);
      const letters = <usize>load<u8>(other, 15);
      if (to - from == letters && begins(from, other, letters)) found = k;
    }
  }
  expect(COLON);
  return found;
}

/** Whether the `length` < 16 bytes of the key are at p. */
// @ts-ignore: decorator
@inline
function begins(p: usize, slot: usize, length: usize): bool {
  const mask = (1 << (<i32>length)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(slot))) & mask) == mask;
}

/** Reads a number, or any other value as NaN. */
export function numberOrNaN(): f64 {
  const c = peek();
  if (c != MINUS && (c < 0x30 || c > 0x39)) {
    skip();
    return NaN;
  }
  const start = at;
  let p = at;
  let value: u64 = 0;
  for (;;) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) break;
    value = value * 10 + digit;
    p++;
  }
  const behind = <u32>load<u8>(p);
  const ends = behind == COMMA || behind == CLOSE_BRACE || behind == 0x0a || behind == 0x20;
  if (p > start && p - start <= 15 && ends && (c != 0x30 || p - start == 1)) {
    at = p;
    return <f64>value;
  }
  number();
  return parseNumber(start, at);
}

/** Reads and drops a value. */
export function skip(): void {
  switch (peek()) {
    case QUOTE:
      text();
      break;
    case OPEN_BRACE:
      if (open(OPEN_BRACE)) {
        do {
          text();
          expect(COLON);
          skip();
        } while (next(CLOSE_BRACE));
      }
      break;
    case OPEN_BRACKET:
      if (open(OPEN_BRACKET)) {
        do skip();
        while (next(CLOSE_BRACKET));
      }
      break;
    case 0x74:
      // "true", its letters from the last to the first
      word(0x65757274);
      break;
    case 0x66:
      // "f", then "alse"
      at++;
      word(0x65736c61);
      break;
    case 0x6e:
      // "null"
      word(0x6c6c756e);
      break;
    default:
      number();
  }
}

function word(letters: u32): void {
  if (load<u32>(at) != letters) unusual();
  at += 4;
}

// @ts-ignore: decorator
@inline
function expect(c: u32): void {
  if (peek() != c) unusual();
  at++;
}

function number(): void {
  if (<u32>load<u8>(at) == MINUS) at++;
  if (<u32>load<u8>(at) == 0x30) at++;
  else digits();
  if (<u32>load<u8>(at) == 0x2e) {
    at++;
    digits();
  }
  if ((<u32>load<u8>(at) | 0x20) == 0x65) {
    at++;
    const sign = <u32>load<u8>(at);
    if (sign == 0x2b || sign == MINUS) at++;
    digits();
  }
}

function digits(): void {
  const start = at;
  while (<u32>load<u8>(at) - 0x30 <= 9) at++;
  if (at == start) unusual();
}
