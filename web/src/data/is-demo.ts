import type { Library } from '../api/types.ts';

/** Whether the whole library is fictional demo data. */
export const isDemo = (library: Library): boolean =>
  library.provenance.length > 0 && library.provenance.every(({ source }) => /demo/i.test(source));
