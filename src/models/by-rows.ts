/** Columns of saved models that are loaded as `RowsOnDemand`: a query needs few of their rows, and which ones only it tells. */
export const BY_ROWS: ReadonlySet<string> = new Set([
  'groups.idx',
  'artists.idx',
  'artists.values',
  'byArtist.idx',
  'byArtist.values',
  'byWork.idx',
]);
