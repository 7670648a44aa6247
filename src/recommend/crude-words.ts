/** What the package's list lacks: normalised words and phrases, matched whole, also with an s at the end. */
export const CRUDE_WORDS: readonly string[] = [
  'hoe',
  'thot',
  'wetback',
  'white trash',
  'white people',
  'black people',
  'trailer trash',
  'beaner',
  'towelhead',
  'raghead',
  'redskin',
  'skank',
];
