/**
 * Whether every number is in [least, limit); least is −1 or 0. One pass without branches: checking what a file refers to is a good part of the time of
 * loading it.
 */
export function allWithin(numbers: Int32Array, least: number, limit: number): boolean {
  const last = limit - 1;
  let signs = 0;
  // A difference that leaves 32 bits does so for a negative number, which the other difference has marked already.
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i]! | 0;
    signs |= (n - least) | (last - n);
  }
  return signs >= 0;
}
