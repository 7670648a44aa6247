import { THEMES, type Theme } from '../../dataset/lyrics-measures.ts';
import { FUNCTION_WORDS, SPOKEN } from './language.ts';
import { THEME_WORDS } from './themes.ts';

/** A word that says something of a text. */
export interface KnownWord {
  /** Bit by bit whether it is a function word of the languages in `SPOKEN`. */
  readonly languages: number;
  /** Places of the themes that it speaks of. */
  readonly themes: readonly number[];
}

/** FNV-1a of UTF-16 units: begin with this … */
export const HASH = 0x811c9dc5;
/** … and go on with each unit. */
export const hashOn = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

const hashOf = (text: string): number => {
  let hash = HASH;
  for (let i = 0; i < text.length; i++) hash = hashOn(hash, text.charCodeAt(i));
  return hash;
};

/** The words that are known, found by their hash, so that no other word of a text is ever a string. */
class KnownWords {
  readonly words: KnownWord[] = [];
  private readonly texts: string[] = [];
  /** By open addressing: the number of a word plus 1, or 0. */
  private readonly slots: Int16Array;
  /** Units of the shortest beginning of words. */
  private shortest = Infinity;
  /** Beginnings of words, by their first unit. */
  private readonly stems = new Map<number, { stem: string; number: number }[]>();

  constructor() {
    const [languages, themes] = [new Map<string, number>(), new Map<string, number[]>()];
    for (const [l, language] of SPOKEN.entries())
      for (const word of FUNCTION_WORDS[language]!.split(' '))
        languages.set(word, (languages.get(word) ?? 0) | (1 << l));
    for (const [theme, text] of Object.entries(THEME_WORDS) as [Theme, string][])
      for (const word of text.split(' ')) themes.set(word, [...(themes.get(word) ?? []), THEMES.indexOf(theme)]);
    const whole = [...languages.keys(), ...themes.keys()].filter((word) => !word.endsWith('-'));
    // The longest first: what starts with it starts with the others, too.
    const stems = [...themes.keys()].filter((word) => word.endsWith('-')).map((word) => word.slice(0, -1));
    stems.sort((a, b) => b.length - a.length);
    const ofStems = (word: string): number[] =>
      stems.filter((stem) => word.startsWith(stem)).flatMap((stem) => themes.get(`${stem}-`)!);
    const distinct = new Set(whole);
    this.slots = new Int16Array(4 << (32 - Math.clz32(distinct.size)));
    for (const word of distinct) {
      const all = new Set([...(themes.get(word) ?? []), ...ofStems(word)]);
      this.place(word, this.add(word, { languages: languages.get(word) ?? 0, themes: [...all] }));
    }
    for (const stem of stems) {
      const number = this.add(stem, { languages: 0, themes: [...new Set(ofStems(stem))] });
      const first = stem.charCodeAt(0);
      this.shortest = Math.min(this.shortest, stem.length);
      this.stems.set(first, [...(this.stems.get(first) ?? []), { stem, number }]);
    }
  }

  /** The number of the word that a text has at [from, to); −1 for any other. @param hash of these units */
  find(text: string, from: number, to: number, hash: number): number {
    const { slots, texts } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (texts[number]!.length === to - from && text.startsWith(texts[number]!, from)) return number;
    }
    if (to - from < this.shortest) return -1;
    for (const { stem, number } of this.stems.get(text.charCodeAt(from)) ?? NONE)
      if (stem.length <= to - from && text.startsWith(stem, from)) return number;
    return -1;
  }

  private add(text: string, word: KnownWord): number {
    this.texts.push(text);
    return this.words.push(word) - 1;
  }

  private place(text: string, number: number): void {
    const mask = this.slots.length - 1;
    let slot = hashOf(text) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }
}

const NONE: readonly never[] = [];

let made: KnownWords | null = null;
/** Made when a text is first read. */
export const knownWords = (): KnownWords => (made ??= new KnownWords());
