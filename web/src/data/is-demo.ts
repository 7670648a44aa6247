import type { Library } from '../api/types.ts';

/** Everything in the library was made up by the demo world. */
export const isDemo = (library: Library): boolean =>
  library.provenance.length > 0 && library.provenance.every(({ source }) => /demo/i.test(source));
