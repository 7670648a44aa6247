/** The polynomial of CRC-32, bit-reversed. */
const POLYNOMIAL = 0xedb88320;

/** a · b modulo the polynomial; x⁰ is the highest bit. */
function product(a: number, b: number): number {
  let sum = 0;
  let factor = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return sum >>> 0;
}

/** CRC-32 of two byte strings joined, from the CRC-32 of each. @param length bytes of the second; source: zlib's crc32_combine */
export function combineCrc(first: number, second: number, length: number): number {
  // x^(8 · length), by squares.
  let power = 0x80000000;
  let square = 0x00800000;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = product(square, power);
    square = product(square, square);
  }
  return (product(power, first) ^ second) >>> 0;
}
