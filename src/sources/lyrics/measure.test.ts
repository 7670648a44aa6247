import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeRow } from '../../../test/support/lyrics-rows.ts';
import {
  BUCKETS_AT,
  LANGUAGE_AT,
  LANGUAGES,
  type Language,
  LYRICS_WIDTH,
  THEMES,
  THEMES_AT,
  type Theme,
  WORD_BUCKETS,
  WORDS_AT,
} from '../../dataset/lyrics-measures.ts';
import { LyricsPool } from '../../dataset/lyrics-table.ts';
import { normaliseName } from '../../dataset/normalise.ts';
import { Rng } from '../../math/rng.ts';
import { FUNCTION_WORDS, SCRIPTS } from './language.ts';
import { LyricsMeter } from './measure.ts';
import { THEME_WORDS } from './themes.ts';

/** The oracle: every word a string, every pattern tried on it. */
function measureNaively(text: string): number[] | null {
  const words: string[] = [];
  for (const [run] of normaliseName(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    const characters = [...run];
    if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run) || characters.length === 1)
      words.push(run);
    else for (let i = 0; i + 1 < characters.length; i++) words.push(characters[i]! + characters[i + 1]!);
  }
  if (words.length < 12) return null;
  const language = languageNaively(words.slice(0, 400));
  const row = new Array<number>(LYRICS_WIDTH).fill(0);
  row[LANGUAGE_AT] = language === null ? Number.NaN : LANGUAGES.indexOf(language);
  row[WORDS_AT] = words.length;
  for (const word of words) {
    if (word.length < 2 || (language && FUNCTION_WORDS[language]?.split(' ').includes(word))) continue;
    for (const [theme, known] of Object.entries(THEME_WORDS) as [Theme, string][])
      if (known.split(' ').some((k) => (k.endsWith('-') ? word.startsWith(k.slice(0, -1)) : k === word)))
        row[THEMES_AT + THEMES.indexOf(theme)]! += 1 / words.length;
    let hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    row[BUCKETS_AT + (((hash >>> 16) ^ hash) & (WORD_BUCKETS - 1))]!++;
  }
  return row.map(Math.fround);
}

function languageNaively(sample: readonly string[]): Language | null {
  for (const [language, letters] of SCRIPTS)
    if (sample.filter((word) => letters.test(word)).length > 0.3 * sample.length) return language;
  let best: Language | null = null;
  let most = 0.12 * sample.length;
  for (const [language, known] of Object.entries(FUNCTION_WORDS) as [Language, string][]) {
    const found = sample.filter((word) => known.split(' ').includes(word));
    if (found.length > most && new Set(found).size >= 3) [best, most] = [language, found.length];
  }
  return best;
}

function measured(meter: LyricsMeter, text: string): number[] | null {
  const pool = new LyricsPool();
  return meter.measure(text, pool) ? wholeRow(pool.finish(), 0) : null;
}

const POOL = [
  ...Object.values(FUNCTION_WORDS).flatMap((words) => words.split(' ')),
  ...Object.values(THEME_WORDS).flatMap((words) => words.split(' ').map((word) => word.replace('-', ''))),
  ...['kissed', 'PRAYERS', 'heartbreaker', 'Pray', 'sol', 'SÜSS', 'süß', 'ﬁre', '½', '1st', 'x', 'é', '²', "don't"],
  ...['L’amour', 'Σίσυφος', 'ΑΣ', 'Привет', 'שלום', 'ก', 'ไทยคำ', 'मेरा', '안녕', '月亮代表', 'さくら', 'サクラ', '愛'],
  ...['𠀀𠀁𠀂', '𝒳abc', '愛𠀀', 'a\u0301', '\u0301', '\ud800', '愛and', 'سلام'],
];
const BETWEEN = [' ', '\n', ', ', '. ', "'", '`', '´', '-', '—', '\u00a0', '\ufeff', '', '_', '’', '\0', '😀'];

test('words read where they stand give what words read one by one give: language, themes, buckets', () => {
  const rng = new Rng(7);
  const pick = <T>(of: readonly T[]): T => of[rng.below(of.length)]!;
  const meter = new LyricsMeter();
  const languages = new Set<number>();
  for (let round = 0; round < 1500; round++) {
    const few = Array.from({ length: 2 + rng.below(50) }, () => pick(POOL));
    // A few texts have more words than the language is told by.
    const words = rng.below(round % 100 === 0 ? 1000 : 45);
    const between = round % 2 === 0 ? BETWEEN.slice(0, 3) : BETWEEN;
    let text = '';
    for (let i = 0; i < words; i++) text += pick(few) + pick(between);
    const expected = measureNaively(text);
    assert.deepEqual(measured(meter, text), expected, JSON.stringify(text));
    if (expected) languages.add(expected[LANGUAGE_AT]!);
  }
  assert.ok(languages.size > 12, `${languages.size} languages`);
});

test('each known word speaks of its own themes', () => {
  const meter = new LyricsMeter();
  for (const words of Object.values(THEME_WORDS))
    for (const word of words.split(' ')) {
      const text = `${word.replace('-', 'xyz')} `.repeat(12);
      assert.deepEqual(measured(meter, text), measureNaively(text), word);
    }
});
