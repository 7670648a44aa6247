/** Whole numbers below it have their power in a table. */
const TABLED = 4096;

/** Powers with one exponent, of numbers that are mostly small and whole, as lengths of lists are: a table answers many times faster. */
export function wholePowers(exponent: number): (base: number) => number {
  const table = new Float64Array(TABLED).fill(Number.NaN);
  return (base) => {
    if (!(base >= 0 && base < TABLED && Number.isInteger(base))) return base ** exponent;
    const known = table[base]!;
    if (!Number.isNaN(known)) return known;
    return (table[base] = base ** exponent);
  };
}
