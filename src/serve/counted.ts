/** A count with its noun, as a list with one element; empty for zero. */
export const counted = (count: number | undefined, one: string): string[] =>
  count ? [`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`] : [];
