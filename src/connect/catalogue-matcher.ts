import type { State } from '../recommend/state.ts';
import { findByIds } from '../recommend/track-id.ts';
import { isrcOf, mbidOf } from '../sources/music-ids.ts';
import type { CatalogueMatch, SongMatcher } from './matching.ts';
import type { NamedSong } from './records.ts';

/** Songs matched before other work may run. */
const BREATH = 100;

/** Matches by URI, MusicBrainz recording or ISRC, else by the very names, against the state of the library that answers now; null = there is no data yet. */
export class CatalogueMatcher implements SongMatcher {
  private readonly current: () => State | null;

  constructor(current: () => State | null) {
    this.current = current;
  }

  async match(songs: readonly NamedSong[]): Promise<(CatalogueMatch | null)[]> {
    const state = this.current();
    if (!state) return songs.map(() => null);
    const { vocabulary, song: firstOf } = state.dataset.tracks;
    const exact = await state.exactSongs(songs.length);
    const matches: (CatalogueMatch | null)[] = [];
    for (const [i, song] of songs.entries()) {
      if (i % BREATH === BREATH - 1) await new Promise((resolve) => setImmediate(resolve));
      const { uri, mbid, isrc } = song;
      const byId = findByIds(vocabulary, {
        uri,
        mbid: mbidOf(mbid) ?? undefined,
        isrc: isrcOf(isrc ?? '') ?? undefined,
      });
      const hit = byId >= 0 ? { track: byId, match: 1 } : exact.find(song.artist, song.title);
      // Of versions under several ids the earliest is the song's own: the one that models know best.
      matches.push(hit && { uri: vocabulary.id(firstOf[hit.track]!), confidence: hit.match });
    }
    return matches;
  }
}
