/** A count with its noun as a list of one text, of none when there is nothing to say. */
export const counted = (count: number | undefined, one: string): string[] =>
  count ? [`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`] : [];
