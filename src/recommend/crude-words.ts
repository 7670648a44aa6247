/** Words and phrases missing from the package's list: normalised, matched as whole words, with or without a final s. */
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
