import { addCounts } from '../dataset/cleaning.ts';
import { addRejections } from '../dataset/rejections.ts';
import { SegueError } from '../errors.ts';
import { inputName } from '../sources/input.ts';
import { NOTHING } from './coverage.ts';
import type { FileResult } from './import-pool.ts';
import type { ImportReport, LibraryCounts } from './library-types.ts';
import type { Manifest } from './manifest.ts';
import { addTaken } from './state.ts';

/** Summarises an import from the results of its files and the library's states before and after. */
export function importReport(
  source: string,
  files: readonly string[],
  results: readonly FileResult[],
  before: Manifest,
  after: Manifest,
  counts: LibraryCounts,
): ImportReport {
  const held = new Set(before.segments.map(({ segment }) => segment));
  const report: ImportReport = {
    source,
    read: 0,
    already: 0,
    skipped: [],
    taken: { tracks: 0, artists: 0, owners: 0, entries: 0 },
    rejections: [],
    cleaning: {},
    changed: before.dataset !== after.dataset,
    before: counts,
    library: after.counts ?? (after.dataset === before.dataset ? counts : NOTHING),
  };
  for (let i = 0; i < results.length; i++) {
    const result = results[i]!;
    if (result instanceof SegueError) {
      report.skipped.push({ file: inputName(files[i]!), reason: result.got });
      continue;
    }
    if (held.has(result.segment)) report.already++;
    else report.read++;
    addTaken(report.taken, result.summary.taken);
    addRejections(report.rejections, result.summary.rejections);
    addCounts(report.cleaning, result.summary.cleaning);
  }
  return report;
}
