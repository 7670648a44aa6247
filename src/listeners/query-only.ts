/**
 * Sources whose terms allow a person's data in queries but forbid training on it. Their data joins neither the collaborative data nor the catalogue,
 * and is deleted when the person disconnects. This does not apply to exports that the person was given.
 */
const QUERY_ONLY: ReadonlySet<string> = new Set(['spotify']);

export const isQueryOnly = (source: string): boolean => QUERY_ONLY.has(source);
