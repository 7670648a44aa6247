/** gain[i] = value of a hit at rank i (index 0 unused), ideal[n] = sum of the first n gains. */
export interface Discounts {
  readonly gain: Float64Array;
  readonly ideal: Float64Array;
}

/** A table that grows to the ranks requested, so that no logarithm is computed per hit. */
export function discountTable(gainAt: (rank: number) => number): (ranks: number) => Discounts {
  let table: Discounts = { gain: new Float64Array(1), ideal: new Float64Array(1) };
  return (ranks) => {
    if (ranks < table.gain.length) return table;
    const size = Math.max(1024, 2 * ranks) + 1;
    const gain = new Float64Array(size);
    const ideal = new Float64Array(size);
    for (let rank = 1; rank < size; rank++) {
      gain[rank] = gainAt(rank);
      ideal[rank] = ideal[rank - 1]! + gain[rank]!;
    }
    table = { gain, ideal };
    return table;
  };
}
