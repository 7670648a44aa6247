/**
 * Sources whose terms allow a person's own data as the query of a recommendation and forbid learning from it. What came from them joins
 * neither the collaborative data nor the catalogue, and goes when the person disconnects. Exports that the person was given are not meant.
 */
const QUERY_ONLY: ReadonlySet<string> = new Set(['spotify']);

export const isQueryOnly = (source: string): boolean => QUERY_ONLY.has(source);
