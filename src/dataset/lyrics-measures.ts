/** Changes whenever a number changes its meaning: rows of different versions are never mixed. */
export const LYRICS_VERSION = 1;

/** Languages that are distinguished, by ISO 639-1 code; rows refer to them by index. Append only. */
export const LANGUAGES = [
  ...['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl', 'tr'],
  ...['ru', 'el', 'ar', 'he', 'hi', 'th', 'ko', 'ja', 'zh'],
] as const;
export type Language = (typeof LANGUAGES)[number];

/** What songs are said to be about, as it follows "about". */
export const THEMES = [
  ...['love', 'heartbreak', 'loneliness', 'dancing', 'the night', 'dreams', 'the road', 'home', 'family', 'friends'],
  ...['faith', 'death', 'war', 'freedom', 'money', 'the sea', 'the weather', 'summer', 'winter', 'the city'],
  ...['music', 'time', 'drinking'],
] as const;
export type Theme = (typeof THEMES)[number];

/** Number of buckets in which words are counted by their hash. Neither the words nor their order can be recovered. */
export const WORD_BUCKETS = 256;

/** Where the parts of a row begin: language, number of words, themes, buckets. */
export const LANGUAGE_AT = 0;
export const WORDS_AT = 1;
export const THEMES_AT = 2;
export const BUCKETS_AT: number = THEMES_AT + THEMES.length;

/** What is kept of lyrics. The text itself is not. */
export const LYRICS_MEASURES: readonly { readonly id: string; readonly unit: string; readonly meaning: string }[] = [
  { id: 'lyricsLanguage', unit: '', meaning: 'place of the language in the list of languages; missing when unknown' },
  { id: 'lyricsWords', unit: 'words', meaning: 'number of words' },
  ...THEMES.map((theme) => ({ id: `about:${theme}`, unit: '', meaning: `share of words about ${theme}, 0–1` })),
  ...Array.from({ length: WORD_BUCKETS }, (_, i) => ({
    id: `lyricsBucket${i}`,
    unit: '',
    meaning: `content words whose hash is ${i}`,
  })),
];
export const LYRICS_WIDTH: number = LYRICS_MEASURES.length;
