/**
 * Separates labels that would overlap, from the lowest upwards, and back down from the top when there is no room.
 * @param gap minimum distance between two labels, on the scale of the values
 * @param top highest position of a label
 * @returns the rows in ascending order of value, each with its position
 */
export function apart<T extends { value: number }>(
  rows: readonly T[],
  gap: number,
  top: number,
): (T & { at: number })[] {
  const sorted = [...rows].sort((a, b) => a.value - b.value).map((row) => ({ ...row, at: row.value }));
  for (let i = 1; i < sorted.length; i++) sorted[i]!.at = Math.max(sorted[i]!.at, sorted[i - 1]!.at + gap);
  let ceiling = top;
  for (let i = sorted.length - 1; i >= 0; i--) {
    sorted[i]!.at = Math.min(sorted[i]!.at, ceiling);
    ceiling = sorted[i]!.at - gap;
  }
  return sorted;
}
