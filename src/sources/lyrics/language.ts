import type { Language } from '../../dataset/lyrics-measures.ts';

/** Letters that only one of the languages here is written in; kana decide before Han, which Japanese has too. */
export const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['el', /\p{Script=Greek}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['th', /\p{Script=Thai}/u],
];

/** The most frequent function words of the languages in Latin letters, normalised: without diacritics, elided articles apart. */
export const FUNCTION_WORDS: Partial<Record<Language, string>> = {
  en: 'the and you i to a it of my me in is that we on your for be with are do she he her his was were this not but so what all they have from at will can when who if there them our been had has would could should',
  de: 'und ich du die der das nicht es ist ein eine mit wir auf sie mich dich den dem zu so was wie auch war wenn nur noch mir dir sich von im fur aber hat habe bin bist sind kein doch alles mein dein uns ihr er',
  fr: 'je tu le la les et un une de des est pas que qui dans sur pour mon ma mes toi moi il elle on nous vous ne ce cette avec plus au aux mais tout ou son sa ses comme sont suis etait quand y du',
  es: 'el la los las y yo tu que de en un una no me te mi es por con para se lo su como mas pero si ya esta este cuando muy todo al del sin soy eres fue hay porque nos donde sus',
  it: 'il lo la gli e io tu che di un una non mi ti per con sono sei come del della nel si ma piu questo questa cosi quando anche se ci era dove cosa noi lei lui nella alla ho hai ha mia mio tuo',
  pt: 'o a os as e eu voce que de em um uma nao me te meu minha por com para se como mais mas quando tudo do da no na ao foi seu sua ele ela isso esta ja so sem nos nas dos das eh',
  nl: 'de het een en ik jij je van niet dat is in op met voor we zijn mijn maar als wat er zo naar om te hem haar was ben bent heb hebt nog aan door dan ook geen bij zij hij',
  sv: 'och jag du det att en ett i pa som ar inte med for den mig dig vi han hon har av om till sa nar min din kan var alla men ska vill har blir detta oss de',
  pl: 'i nie to w na ja ty sie jest ze z do mnie cie jak a co moj moja tak byl by gdy juz tylko dla za ten ta po od jestem mi ci o bez nas ich kto gdzie',
  tr: 've bir bu ben sen o ne de da icin gibi cok ama beni seni bana sana var yok mi her daha kadar sonra en ile degil benim senin biz siz ki o nun olan simdi hep',
};

/** Maximum number of words from which the language is recognised. */
export const SAMPLE = 400;
/** Of a text's words that the likeliest language must know as function words. */
const LEAST_SHARE = 0.12;
/** Different ones among them: "la la la" is no language. */
const LEAST_DIFFERENT = 3;
/** Of the words that must be written in a script. */
const LEAST_OF_SCRIPT = 0.3;

/** What the first words of a text tell of its language. */
export interface LanguageSample {
  readonly words: number;
  /** Words with a letter of each script. */
  readonly written: ArrayLike<number>;
  /** Function words of each language. */
  readonly known: ArrayLike<number>;
  /** How many different ones of a language. @param language its place in `SPOKEN` */
  different(language: number): number;
}

/** Languages recognised by function words, in the order of a sample's counts. */
export const SPOKEN = Object.keys(FUNCTION_WORDS) as Language[];

/** The language of a text by its script, otherwise by its function words; null if neither is conclusive. */
export function languageOf(sample: LanguageSample): Language | null {
  for (let s = 0; s < SCRIPTS.length; s++)
    if (sample.written[s]! > LEAST_OF_SCRIPT * sample.words) return SCRIPTS[s]![0];
  let best: Language | null = null;
  let most = LEAST_SHARE * sample.words;
  for (let l = 0; l < SPOKEN.length; l++)
    if (sample.known[l]! > most && sample.known[l]! >= LEAST_DIFFERENT && sample.different(l) >= LEAST_DIFFERENT)
      [best, most] = [SPOKEN[l]!, sample.known[l]!];
  return best;
}
