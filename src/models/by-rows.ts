/** Arrays of saved models that are loaded as `RowsOnDemand`: a query needs only a few of their rows, and only the query determines which. */
export const BY_ROWS: ReadonlySet<string> = new Set([
  'groups.idx',
  'artists.idx',
  'artists.values',
  'byArtist.idx',
  'byArtist.values',
  'byWork.idx',
]);
