const TYPES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};
const BOUNDS = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
} as const;

/** A keyword of JSON Schema that bounds a number. */
export type Bound = keyof typeof BOUNDS;

export const isBound = (keyword: string | undefined): keyword is Bound =>
  keyword !== undefined && Object.hasOwn(BOUNDS, keyword);

/** The numbers that a bound allows, in words: "a number of at least 1". */
export const boundWords = (bound: Bound, limit: unknown): string => `a number of ${BOUNDS[bound]} ${String(limit)}`;

/** The values that the keyword `type` allows, in words: "text or a list". @param type its name, or a list of alternatives */
export const typeWords = (type: unknown): string =>
  [type]
    .flat()
    .map((name) => (Object.hasOwn(TYPES, String(name)) ? TYPES[String(name)]! : String(name)))
    .join(' or ');

/** A value inside `root` as code would name it: "body.seeds[0].track". @param pointer JSON pointer to the value, empty for `root` itself */
export const placeWords = (root: string, pointer: string): string =>
  root + pointer.replaceAll('/', '.').replace(/\.(\d+)/g, '[$1]');
