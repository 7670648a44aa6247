/** Integers below this have their power in a table. */
const TABLED = 4096;

/** Raises numbers to a fixed exponent. The numbers are mostly small integers, such as lengths of lists, for which a table is many times faster. */
export function wholePowers(exponent: number): (base: number) => number {
  const table = new Float64Array(TABLED).fill(Number.NaN);
  return (base) => {
    if (!(base >= 0 && base < TABLED && Number.isInteger(base))) return base ** exponent;
    const known = table[base]!;
    if (!Number.isNaN(known)) return known;
    return (table[base] = base ** exponent);
  };
}
