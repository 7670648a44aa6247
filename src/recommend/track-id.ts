import type { Vocabulary } from '../dataset/vocabulary.ts';
import { recordingUri } from '../sources/music-ids.ts';

/** Kinds of objects that a Spotify address can name. */
export type SpotifyKind = 'track' | 'album' | 'artist' | 'playlist';

const BASE62 = /^[0-9A-Za-z]{22}$/;
// spotify:track:<id>, spotify:user:<name>:playlist:<id>, and the old form with slashes.
const URI = /^spotify:(?:\/\/)?(?:user[:/][^:/]+[:/])?(track|album|artist|playlist)[:/]([0-9A-Za-z]{22})(?:[?#].*)?$/i;
// open.spotify.com/track/<id>, with a language, an embed, a user or a query in it.
const LINK =
  /^(?:https?:\/\/)?(?:open|play|embed)\.spotify\.com\/(?:intl-[a-z-]+\/|embed\/|user\/[^/]+\/)*(track|album|artist|playlist)\/([0-9A-Za-z]{22})(?:[/?#].*)?$/i;

/** The object that a Spotify URI or link names, as its canonical URI; null when the text is neither. */
export function parseSpotify(text: string): { kind: SpotifyKind; uri: string } | null {
  const match = URI.exec(text) ?? LINK.exec(text);
  if (!match) return null;
  const kind = match[1]!.toLowerCase() as SpotifyKind;
  return { kind, uri: `spotify:${kind}:${match[2]!}` };
}

/** The canonical form of a track id: a Spotify URI for links and bare ids, else the text itself. */
export function canonicalTrackId(text: string): string {
  const trimmed = text.trim();
  const spotify = parseSpotify(trimmed);
  if (spotify) return spotify.uri;
  return BASE62.test(trimmed) ? `spotify:track:${trimmed}` : trimmed;
}

/** The number of a track by URI, Spotify link in any form or bare id; −1 when the catalogue lacks it. */
export function findTrack(vocabulary: Vocabulary, text: string): number {
  const trimmed = text.trim();
  const direct = vocabulary.indexOf(trimmed);
  if (direct >= 0) return direct;
  const canonical = canonicalTrackId(trimmed);
  return canonical === trimmed ? -1 : vocabulary.indexOf(canonical);
}

/**
 * The number of a track by any known ids of its song: the URI before the recording before the ISRC; −1 when the catalogue has none of them. @param
 * ids MusicBrainz recording and ISRC in canonical form
 */
export function findByIds(
  vocabulary: Vocabulary,
  { uri, mbid, isrc }: { readonly uri?: string; readonly mbid?: string; readonly isrc?: string },
): number {
  const ids = [uri, mbid && `mbid:${mbid}`, mbid && recordingUri(mbid), isrc && `isrc:${isrc}`];
  for (const id of ids) {
    const track = id ? findTrack(vocabulary, id) : -1;
    if (track >= 0) return track;
  }
  return -1;
}
