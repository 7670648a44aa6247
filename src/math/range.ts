/**
 * Whether every number is in [least, limit); least is −1 or 0. One pass without branches, since checking a file's references takes a considerable
 * part of its loading time.
 */
export function allWithin(numbers: Int32Array, least: number, limit: number): boolean {
  const last = limit - 1;
  let signs = 0;
  // A difference overflows 32 bits only for a negative number, which the other difference has already flagged.
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i]! | 0;
    signs |= (n - least) | (last - n);
  }
  return signs >= 0;
}
