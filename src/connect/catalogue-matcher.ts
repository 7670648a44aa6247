import type { State } from '../recommend/state.ts';
import { findByIds } from '../recommend/track-id.ts';
import { isrcOf, mbidOf } from '../sources/music-ids.ts';
import { turn } from '../turn/turn.ts';
import type { CatalogueMatch, SongMatcher } from './matching.ts';
import type { NamedSong } from './records.ts';

/** Songs matched before other work may run. */
const BREATH = 100;

/** Matches by URI, MusicBrainz recording or ISRC, otherwise by equal names, against the current state of the library; null = there is no data yet. */
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
      if (i % BREATH === BREATH - 1) await turn();
      const { uri, mbid, isrc } = song;
      const code = isrcOf(isrc ?? '') ?? undefined;
      const byId = findByIds(vocabulary, { uri, mbid: mbidOf(mbid) ?? undefined, isrc: code });
      const named = byId >= 0 ? null : exact.find(song.artist, song.title);
      // Two ISRCs are two recordings, whatever they are called.
      const other = named !== null && isOtherRecording(vocabulary.id(named.track), code);
      const hit = byId >= 0 ? { track: byId, match: 1 } : other ? null : named;
      // Of versions under several ids the earliest is the song's own: the one that models know best.
      matches.push(hit && { uri: vocabulary.id(firstOf[hit.track]!), confidence: hit.match });
    }
    return matches;
  }
}

/** Whether the catalogue has a track under an ISRC that is not the song's. */
const isOtherRecording = (id: string, code: string | undefined): boolean =>
  code !== undefined && id.startsWith('isrc:') && id !== `isrc:${code}`;
