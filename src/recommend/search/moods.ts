import { StringColumn } from '../../dataset/strings.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';
import { searchWords } from './trigrams.ts';

/** Words that name a mood, an occasion or a kind of music, not a song. */
const MOODS = new Set(
  (
    'acoustic autumn background beach breakfast calm chill chillout christmas classical coffee commute cooking country dance dark ' +
    'dinner disco dreamy drive driving energetic energy evening fall focus folk friday gym halloween happy hiphop holiday house indie ' +
    'jazz lounge love lovesongs meditation mellow metal monday morning motivation night oldies party peaceful pop punk quiet rain rainy ' +
    'rap reading reggae relax relaxing road rock romantic running sad saturday sexy shower sleep sleepy soft soul spring study studying ' +
    'summer summertime sunday sunny sunset techno throwback throwbacks training travel trip upbeat wedding weekend winter work workout yoga'
  ).split(' '),
);
/** Words that may accompany them. */
const FILLERS = new Set(
  'a an and at day days for from in me mix music my of on playlist session songs the time to vibe vibes with'.split(
    ' ',
  ),
);
/** Number of playlists with the same title that make it a mood, whatever its words. */
const COMMON_TITLE = 5;
/** Titles processed per step of building; other work may run between steps. */
const CHUNK = 4096;

/** The search words of a title, limited to its beginning. */
export const titleWords = (title: string): string[] => searchWords(title.slice(0, 200));

/** A column of texts in two arrays. */
type Texts = Pick<StringColumn, 'heap' | 'offsets'>;

/** The distinct titles of playlists as search words, how many playlists have each, and the distinct words. */
export interface MoodParts {
  readonly titles: Texts;
  readonly counts: Int32Array;
  readonly words: Texts;
}

/** Distinguishes moods from names by the titles of playlists. */
export class Moods {
  readonly parts: MoodParts;
  private readonly titles: Vocabulary;
  private readonly words: Vocabulary;

  constructor(parts: MoodParts) {
    this.parts = parts;
    this.titles = new Vocabulary(new StringColumn(parts.titles.heap, parts.titles.offsets));
    this.words = new Vocabulary(new StringColumn(parts.words.heap, parts.words.offsets));
  }

  static async build(titles: StringColumn, pause: () => Promise<void>): Promise<Moods> {
    const counts = new Map<string, number>();
    const words = new Set<string>();
    for (let o = 0; o < titles.length; o++) {
      if (o % CHUNK === CHUNK - 1) await pause();
      if (titles.isEmpty(o)) continue;
      const ofTitle = titleWords(titles.get(o));
      const key = ofTitle.join(' ');
      counts.set(key, (counts.get(key) ?? 0) + 1);
      for (const word of ofTitle) words.add(word);
    }
    return new Moods({
      titles: StringColumn.from(counts.keys()),
      counts: Int32Array.from(counts.values()),
      words: StringColumn.from(words),
    });
  }

  /** The text as a mood; null when none of its words is meaningful. @param named whether an artist or a famous song has exactly this name */
  of(text: string, named: boolean): { text: string; playlists: number; first: boolean } | null {
    const words = titleWords(text);
    const telling = words.filter((word) => !FILLERS.has(word));
    if (!telling.some((word) => MOODS.has(word) || (word.length > 2 && this.words.indexOf(word) >= 0))) return null;
    const title = this.titles.indexOf(words.join(' '));
    const playlists = title < 0 ? 0 : this.parts.counts[title]!;
    const isMood = telling.every((word) => MOODS.has(word) || /^\d{2,4}s?$/.test(word));
    return { text: text.trim(), playlists, first: isMood || (playlists >= COMMON_TITLE && !named) };
  }
}
