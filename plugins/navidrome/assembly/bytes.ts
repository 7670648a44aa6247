/** A growing byte buffer in this module's memory. Each call starts with fresh memory, so nothing is ever freed. */

let end: usize = 0;

/** Clears what the previous call wrote. */
export function begin(): void {
  end = __heap_base;
}

/** Position of the next byte. */
export function position(): usize {
  return end;
}

export function byte(value: u32): void {
  const pages = memory.size();
  if (end >= <usize>pages << 16) memory.grow(pages);
  store<u8>(end++, value);
}

/** ASCII only. */
export function text(value: string): void {
  for (let i = 0, n = value.length; i < n; i++) byte(value.charCodeAt(i));
}

function digit(value: u32): u32 {
  if (value < 26) return value + 65;
  if (value < 52) return value + 71;
  if (value < 62) return value - 4;
  return value == 62 ? 43 : 47;
}

/** Encodes three bytes, of which `count` are data, as base64. */
export function base64(a: u32, b: u32, c: u32, count: u64): void {
  byte(digit(a >> 2));
  byte(digit(((a & 3) << 4) | (b >> 4)));
  byte(count > 1 ? digit(((b & 15) << 2) | (c >> 6)) : 61);
  byte(count > 2 ? digit(c & 63) : 61);
}

/** The six bits of a base64 digit; 64 for any other character. */
export function bits(code: u32): u32 {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  return code == 43 ? 62 : code == 47 ? 63 : 64;
}
