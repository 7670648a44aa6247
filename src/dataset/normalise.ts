/** Printable ASCII words with single spaces between: nearly all names. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Lower case without diacritics, typographic variants and repeated space: the form in which names are compared. */
export function normaliseName(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replaceAll('`', "'");
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
