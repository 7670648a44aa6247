import { WORD_BUCKETS } from '../../dataset/lyrics-measures.ts';
import { normaliseName } from '../../dataset/normalise.ts';
import { kindOf, LETTER, SCRIPT_SHIFT, UNSPACED } from './characters.ts';
import { HASH, hashOn, type KnownWord, knownWords } from './known-words.ts';
import { type LanguageSample, SAMPLE, SCRIPTS, SPOKEN } from './language.ts';

/** The bits of all scripts. */
const OF_SCRIPTS = (1 << SCRIPTS.length) - 1;
const ASCII = /^[\0-\x7f]*$/;

/** The bucket of a word by its hash, folded. */
const bucketOf = (hash: number): number => ((hash >>> 16) ^ hash) & (WORD_BUCKETS - 1);

/**
 * The words of one text after another, normalised, elided articles apart ("l'amour" is two). Scripts without spaces come in pairs of characters. Words
 * are looked up where they stand: none becomes a string of its own.
 */
export class TextWords {
  /** Words of the text. */
  length = 0;
  private readonly known = knownWords();
  /** Of each word its number among the known ones, −1 for any other. */
  private numbers = new Int16Array(SAMPLE);
  /** Of each word its bucket, −1 for a single unit. */
  private buckets = new Int16Array(SAMPLE);
  private readonly written = new Int32Array(SCRIPTS.length);
  private readonly spoken = new Int32Array(SPOKEN.length);

  /** What word i is known for; undefined for most. */
  knownAt(i: number): KnownWord | undefined {
    const number = this.numbers[i]!;
    // A negative index would be looked up by name, which takes longer than everything else here.
    return number < 0 ? undefined : this.known.words[number];
  }

  /** The bucket of word i; −1 when it is a single letter. */
  bucketAt(i: number): number {
    return this.buckets[i]!;
  }

  /** What the first words tell of the language. */
  get sample(): LanguageSample {
    const words = Math.min(this.length, SAMPLE);
    return {
      words,
      written: this.written,
      known: this.spoken,
      different: (language) => this.different(language, words),
    };
  }

  read(text: string): void {
    this.length = 0;
    this.written.fill(0);
    this.spoken.fill(0);
    // Of ASCII, only the case matters to what a word is.
    if (ASCII.test(text)) this.readAscii(text.toLowerCase());
    else this.readNormal(normaliseName(text));
  }

  private readNormal(normal: string): void {
    let start = -1;
    let hash = HASH;
    let kinds = 0;
    for (let at = 0; at < normal.length; ) {
      const code = normal.codePointAt(at)!;
      const kind = kindOf(code);
      const next = at + (code > 0xffff ? 2 : 1);
      if ((kind & LETTER) !== 0) {
        if (start < 0) [start, hash, kinds] = [at, HASH, 0];
        for (let i = at; i < next; i++) hash = hashOn(hash, normal.charCodeAt(i));
        kinds |= kind;
      } else if (start >= 0) {
        this.addRun(normal, start, at, hash, kinds);
        start = -1;
      }
      at = next;
    }
    if (start >= 0) this.addRun(normal, start, normal.length, hash, kinds);
  }

  /** The same of ASCII: words are letters and digits of one unit each, of no script that tells a language. */
  private readAscii(text: string): void {
    let start = -1;
    let hash = HASH;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if ((kindOf(unit) & LETTER) !== 0) {
        if (start < 0) start = at;
        hash = hashOn(hash, unit);
      } else if (start >= 0) {
        this.add(this.known.find(text, start, at, hash), hash, at - start, LETTER);
        start = -1;
        hash = HASH;
      }
    }
    if (start >= 0) this.add(this.known.find(text, start, text.length, hash), hash, text.length - start, LETTER);
  }

  private addRun(text: string, from: number, to: number, hash: number, kinds: number): void {
    const first = from + unitsAt(text, from);
    if ((kinds & UNSPACED) === 0 || first === to) {
      this.add(this.known.find(text, from, to, hash), hash, to - from, kinds);
      return;
    }
    for (let [at, middle] = [from, first]; middle < to; ) {
      const end = middle + unitsAt(text, middle);
      let pair = HASH;
      for (let i = at; i < end; i++) pair = hashOn(pair, text.charCodeAt(i));
      const found = this.known.find(text, at, end, pair);
      this.add(found, pair, end - at, kindOf(text.codePointAt(at)!) | kindOf(text.codePointAt(middle)!));
      [at, middle] = [middle, end];
    }
  }

  private add(number: number, hash: number, units: number, kinds: number): void {
    const i = this.length++;
    if (i === this.numbers.length) {
      this.numbers = longer(this.numbers);
      this.buckets = longer(this.buckets);
    }
    this.numbers[i] = number;
    this.buckets[i] = units < 2 ? -1 : bucketOf(hash);
    if (i >= SAMPLE) return;
    countBits(this.written, (kinds >> SCRIPT_SHIFT) & OF_SCRIPTS);
    if (number >= 0) countBits(this.spoken, this.known.words[number]!.languages);
  }

  private different(language: number, words: number): number {
    const found = new Set<number>();
    for (let i = 0; i < words; i++)
      if (((this.knownAt(i)?.languages ?? 0) >> language) & 1) found.add(this.numbers[i]!);
    return found.size;
  }
}

/** Adds 1 at the place of each bit that is set. */
function countBits(counts: Int32Array, bits: number): void {
  for (let left = bits; left !== 0; left &= left - 1) counts[31 - Math.clz32(left & -left)]!++;
}

const unitsAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

function longer(numbers: Int16Array): Int16Array<ArrayBuffer> {
  const grown = new Int16Array(2 * numbers.length);
  grown.set(numbers);
  return grown;
}
