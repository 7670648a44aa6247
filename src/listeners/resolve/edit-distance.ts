/** Three rows of the table, kept between calls. */
const rows: [Int32Array, Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/**
 * Letters that must be put in, left out, replaced or swapped with their neighbour to make one text of the other (optimal string alignment),
 * or most + 1 as soon as it is more than `most`.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  if (a === b) return 0;
  const width = b.length + 1;
  if (width > rows[0].length) for (let i = 0; i < rows.length; i++) rows[i] = new Int32Array(2 * width);
  let [before, row, next] = rows;
  for (let j = 0; j < width; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, before[j - 2]! + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[b.length]!, most + 1);
}

/** How many wrong letters a name of this length may have and still be taken for the same. */
export const forgiven = (length: number): number => (length < 5 ? 0 : length < 10 ? 1 : 2);
