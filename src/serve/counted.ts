/** A count with its noun, as a list of one text; an empty list for zero. */
export const counted = (count: number | undefined, one: string): string[] =>
  count ? [`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`] : [];
