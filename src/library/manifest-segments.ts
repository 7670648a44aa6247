import type { ImportedFile } from './import-file.ts';
import type { ManifestSegment } from './manifest.ts';
import { mergeOrder } from './merge.ts';

/** The segments that the library does not have yet, without repetitions, in merge order. */
export function newSegments(held: readonly ManifestSegment[], segments: readonly ManifestSegment[]): ManifestSegment[] {
  const names = new Set(held.filter(({ replaced }) => !replaced).map(({ segment }) => segment));
  const fresh: ManifestSegment[] = [];
  for (const segment of segments) {
    if (names.has(segment.segment)) continue;
    names.add(segment.segment);
    fresh.push(segment);
  }
  return fresh.sort(mergeOrder);
}

/** The library's segments, with the parts that the new ones replace marked as replaced. */
export function replaceParts(held: readonly ManifestSegment[], fresh: readonly ManifestSegment[]): ManifestSegment[] {
  const parts = new Set(fresh.filter(({ part }) => part).map(({ source, file }) => JSON.stringify([source, file])));
  return held.map((segment) =>
    segment.part && !segment.replaced && parts.has(JSON.stringify([segment.source, segment.file]))
      ? { ...segment, replaced: true }
      : segment,
  );
}

/** What the manifest records of an imported file. */
export function manifestSegment({ segment, summary }: ImportedFile): ManifestSegment {
  const { origin, file, sha256, taken } = summary;
  return { segment, source: origin.id, file, sha256, owners: taken.owners > 0 };
}
