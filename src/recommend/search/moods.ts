import type { StringColumn } from '../../dataset/strings.ts';
import { searchWords } from './trigrams.ts';

/** Words that name a mood, an occasion or a kind of music rather than a song. */
const MOODS = new Set(
  (
    'acoustic autumn background beach breakfast calm chill chillout christmas classical coffee commute cooking country dance dark ' +
    'dinner disco dreamy drive driving energetic energy evening fall focus folk friday gym halloween happy hiphop holiday house indie ' +
    'jazz lounge love lovesongs meditation mellow metal monday morning motivation night oldies party peaceful pop punk quiet rain rainy ' +
    'rap reading reggae relax relaxing road rock romantic running sad saturday sexy shower sleep sleepy soft soul spring study studying ' +
    'summer summertime sunday sunny sunset techno throwback throwbacks training travel trip upbeat wedding weekend winter work workout yoga'
  ).split(' '),
);
/** Words that may stand beside them. */
const FILLERS = new Set(
  'a an and at day days for from in me mix music my of on playlist session songs the time to vibe vibes with'.split(
    ' ',
  ),
);
/** So many playlists of one title make it a mood, whatever its words. */
const COMMON_TITLE = 5;

/** Tells moods from names by the titles of playlists. */
export class Moods {
  private readonly titles = new Map<string, number>();
  private readonly words = new Set<string>();

  constructor(titles: StringColumn) {
    for (let o = 0; o < titles.length; o++) {
      if (titles.isEmpty(o)) continue;
      const words = searchWords(titles.get(o).slice(0, 200));
      const key = words.join(' ');
      this.titles.set(key, (this.titles.get(key) ?? 0) + 1);
      for (const word of words) this.words.add(word);
    }
  }

  /** How many playlists have just these words as their title. */
  titled(text: string): number {
    return this.titles.get(searchWords(text.slice(0, 200)).join(' ')) ?? 0;
  }

  /** The text as a mood; null when none of its words says anything. @param named whether an artist or a famous song has just this name */
  of(text: string, named: boolean): { text: string; playlists: number; first: boolean } | null {
    const words = searchWords(text.slice(0, 200));
    const telling = words.filter((word) => !FILLERS.has(word));
    if (!telling.some((word) => MOODS.has(word) || (word.length > 2 && this.words.has(word)))) return null;
    const playlists = this.titles.get(words.join(' ')) ?? 0;
    const isMood = telling.every((word) => MOODS.has(word) || /^\d{2,4}s?$/.test(word));
    return { text: text.trim(), playlists, first: isMood || (playlists >= COMMON_TITLE && !named) };
  }
}
