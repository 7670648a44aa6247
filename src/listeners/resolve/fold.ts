import anyAscii from 'any-ascii';
import { normaliseName } from '../../dataset/normalise.ts';

/** What most names consist of. */
const PLAIN = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * The words of a name in the form in which names of different services are compared: Latin letters (other scripts transliterated) and
 * digits in lower case, "&" and "+" as "and", and the letters that stage names write as signs (Ke$ha, P!nk).
 */
export function foldedWords(text: string): string[] {
  if (PLAIN.test(text)) return text.toLowerCase().split(' ');
  const latin = ASCII.test(text) ? text : anyAscii(text.normalize('NFC'));
  const words = latin
    .toLowerCase()
    .replace(/['`]/g, '')
    .replace(/(?<=[a-z])\$|\$(?=[a-z])/g, 's')
    .replace(/(?<=[a-z])!(?=[a-z])/g, 'i')
    .replace(/[&+]/g, ' and ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words;
}

/** The folded words without gaps; for a name of signs alone ("???") the name itself. */
export function foldedKey(text: string): string {
  return foldedWords(text).join('') || normaliseName(text).replaceAll(' ', '');
}
