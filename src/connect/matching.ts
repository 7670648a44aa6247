import { createHash } from 'node:crypto';
import type { Batch, TrackRow } from '../dataset/rows.ts';
import type { Origin } from '../library/library-types.ts';
import { Pace } from '../listeners/pace.ts';
import { turn } from '../turn/turn.ts';
import type { NamedSong, RemoteSong } from './records.ts';
import { type HeldSong, type HeldSongs, heldUri, namedOf } from './songs.ts';
import type { ConnectionStore } from './store.ts';

/** A song of the catalogue for a named one. */
export interface CatalogueMatch {
  readonly uri: string;
  /** 0–1 */
  readonly confidence: number;
}

/** Finds the catalogue track of a song; null = the catalogue lacks it. */
export interface SongMatcher {
  match(songs: readonly NamedSong[]): Promise<(CatalogueMatch | null)[]>;
}

/** Songs that are matched at a time: other work may run between. */
const CHUNK = 1000;
/** Of these, written at a time. */
const WRITTEN = 500;
/** A match below this is no match: the wrong song on a list is worse than a missing one. */
export const SURE = 0.9;

export interface Matched {
  readonly catalogue: number;
  /** Songs that only this service has. */
  readonly own: number;
  /** Changed catalogue ids, for a listener's history to follow: from the old to the new one. */
  readonly moved: readonly { from: string; to: string; song: RemoteSong }[];
}

/**
 * Says for every song of a connection which catalogue song it is. What the catalogue lacks gets an id of its own; those are looked up
 * again every time, for the catalogue may have learned of them.
 */
export async function matchSongs(
  store: ConnectionStore,
  held: HeldSongs,
  connection: string,
  matcher: SongMatcher,
): Promise<Matched> {
  return matchThese(store, held, connection, matcher, held.all(connection));
}

/** The same for some of its songs. */
export async function matchThese(
  store: ConnectionStore,
  held: HeldSongs,
  connection: string,
  matcher: SongMatcher,
  songs: Iterable<HeldSong>,
): Promise<Matched> {
  const open: { id: string; song: RemoteSong; before: string | null }[] = [];
  let catalogue = 0;
  const pace = new Pace();
  for (const { facts, uri } of songs) {
    if (pace.due) await pace.rest();
    if (uri === null || uri === heldUri(connection, facts.id)) open.push({ id: facts.id, song: facts, before: uri });
    else catalogue++;
  }
  const moved: Matched['moved'][number][] = [];
  let own = 0;
  for (let from = 0; from < open.length; from += CHUNK) {
    const chunk = open.slice(from, from + CHUNK);
    const matches = await matcher.match(chunk.map(({ song }) => namedOf(song)));
    const write = ({ id, song, before }: (typeof open)[number], i: number): void => {
      const match = matches[i];
      const sure = match && match.confidence >= SURE && !match.uri.startsWith(`${connection}:`) ? match : null;
      const uri = sure?.uri ?? heldUri(connection, id);
      if (sure) catalogue++;
      else own++;
      if (before !== null && before !== uri) moved.push({ from: before, to: uri, song });
      if (before !== uri) held.match(connection, id, uri, sure?.confidence ?? 1);
    };
    for (let start = 0; start < chunk.length; start += WRITTEN) {
      const end = Math.min(chunk.length, start + WRITTEN);
      store.together(() => {
        for (let i = start; i < end; i++) write(chunk[i]!, i);
      });
      await turn();
    }
  }
  return { catalogue, own, moved };
}

/** Where a connection's own songs come from, as `segue info` shows it. */
export const originOf = (service: string, title: string): Origin => ({
  id: service,
  title,
  licence: 'private: tags of your own music',
  citation: '',
});

const BATCH = 1000;

/** What the catalogue knows of the songs that only this service has: the library takes them in again when it changes; '' = there are none. */
export async function ownFingerprint(held: HeldSongs, connection: string): Promise<string> {
  const hash = createHash('sha256');
  let any = false;
  for await (const batch of ownRows(held, connection)) {
    hash.update(JSON.stringify(batch.tracks));
    any = true;
  }
  return any ? hash.digest('base64url') : '';
}

/** The songs that only this service has, as rows of the catalogue. */
export async function* ownRows(held: HeldSongs, connection: string): AsyncGenerator<Batch> {
  let tracks: TrackRow[] = [];
  const pace = new Pace();
  for (const { facts, uri } of held.all(connection)) {
    if (pace.due) await pace.rest();
    if (uri !== heldUri(connection, facts.id)) continue;
    tracks.push(rowOf(connection, facts));
    if (tracks.length === BATCH) {
      yield { tracks, artists: [], owners: [], rejections: [] };
      tracks = [];
    }
  }
  if (tracks.length > 0) yield { tracks, artists: [], owners: [], rejections: [] };
}

const rowOf = (connection: string, song: RemoteSong): TrackRow => ({
  uri: heldUri(connection, song.id),
  name: song.title,
  artists: song.artists.map(({ name }) => ({ name })),
  ...(song.album !== undefined && { album: { name: song.album } }),
  ...(song.year !== undefined && { year: song.year }),
  ...(song.durationMs !== undefined && { durationMs: song.durationMs }),
  ...(song.explicit !== undefined && { explicit: song.explicit }),
  ...(song.genres !== undefined && { genres: song.genres }),
  ...(song.bpm !== undefined && { features: { tempo: song.bpm } }),
});
