/**
 * Divides n places in proportion to the weights by the method of largest remainders (Hamilton): each gets ⌊n · w / Σw⌋, and the remaining places go
 * to the largest remainders, ties to the lower index. Non-positive weights get nothing.
 * @returns places that sum to n, or all 0 when no weight is positive
 */
export function largestRemainder(weights: ArrayLike<number>, n: number): Int32Array {
  const places = new Int32Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) total += weights[i]!;
  if (!(total > 0)) return places;
  const remainders = new Float64Array(weights.length).fill(-1);
  let left = n;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue;
    const exact = (n * weights[i]!) / total;
    places[i] = Math.floor(exact);
    remainders[i] = exact - places[i]!;
    left -= places[i]!;
  }
  const order = [...remainders.keys()]
    .filter((i) => remainders[i]! >= 0)
    .sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (let i = 0; i < left; i++) places[order[i % order.length]!]!++;
  return places;
}

/**
 * As `largestRemainder`, but limits each share to its capacity; places beyond it are divided among the others in the same way. Sums to n, or to all
 * capacities of positive weights when those are fewer.
 */
export function apportion(weights: ArrayLike<number>, n: number, capacities: ArrayLike<number>): Int32Array {
  const places = new Int32Array(weights.length);
  const open = Float64Array.from(weights);
  for (let left = n; left > 0; ) {
    for (let i = 0; i < open.length; i++) if (places[i]! >= capacities[i]!) open[i] = 0;
    const round = largestRemainder(open, left);
    let given = 0;
    for (let i = 0; i < round.length; i++) {
      const taken = Math.min(round[i]!, capacities[i]! - places[i]!);
      places[i]! += taken;
      given += taken;
    }
    if (given === 0) break;
    left -= given;
  }
  return places;
}
