import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';

/** The dataset with only the flagged entries, without owners that have none left. @param keep one byte per entry of byOwner */
export function withEntries(dataset: Dataset, keep: Uint8Array): Dataset {
  const { byOwner, times } = dataset;
  const count = keep.reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0);
  const ptr = new Int32Array(byOwner.rows + 1);
  const idx = new Int32Array(count);
  const values = byOwner.values ? new Float32Array(count) : null;
  const keptTimes = times ? new Float64Array(count) : null;
  const filled: number[] = [];
  let at = 0;
  for (let owner = 0; owner < byOwner.rows; owner++) {
    for (let e = byOwner.ptr[owner]!; e < byOwner.ptr[owner + 1]!; e++) {
      if (keep[e] === 0) continue;
      idx[at] = byOwner.idx[e]!;
      if (values) values[at] = byOwner.values![e]!;
      if (keptTimes) keptTimes[at] = times![e]!;
      at++;
    }
    ptr[owner + 1] = at;
    if (at > ptr[owner]!) filled.push(owner);
  }
  const all = dataset.withInteractions(
    { rows: byOwner.rows, columns: byOwner.columns, ptr, idx, values },
    dataset.owners,
    keptTimes,
  );
  return filled.length === byOwner.rows ? all : all.withOwners(Int32Array.from(filled));
}

/** Rejects a split without cases or without training data. @throws SegueError SPLIT_IMPOSSIBLE */
export function requireCases(cases: number, train: Dataset, expected: string, remedy: string): void {
  if (cases > 0 && train.owners.count > 0) return;
  throw new SegueError('SPLIT_IMPOSSIBLE', {
    got: cases === 0 ? 'No owner can be tested' : 'Nothing is left to train on',
    expected,
    remedy,
  });
}
