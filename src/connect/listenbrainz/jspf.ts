import { createHash } from 'node:crypto';
import { mbidOf } from '../../sources/music-ids.ts';
import type { BrainSong } from '../brain/brain.ts';
import type { RemoteArtist } from '../records.ts';

/** A list as ListenBrainz hands it out. */
export interface CreatedList {
  /** Looks like a MusicBrainz id; the same for the same list of the same week. */
  readonly id: string;
  readonly title: string;
  readonly annotation: string;
  /** What kind of list it is: programs choose by it, e.g. `weekly-exploration`. */
  readonly source: string;
  readonly creator: string;
  /** ISO date. */
  readonly date: string;
  readonly songs: readonly BrainSong[];
}

const PLAYLIST = 'https://listenbrainz.org/playlist/';
const RECORDING = 'https://musicbrainz.org/recording/';
const ARTIST = 'https://musicbrainz.org/artist/';

/** Formed like a UUID of version 8 (RFC 9562: own meaning) from a text. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The list as JSPF. @param songs false for the overview, whose lists have no songs */
export function jspf(list: CreatedList, songs: boolean): { playlist: Record<string, unknown> } {
  return {
    playlist: {
      identifier: PLAYLIST + list.id,
      title: list.title,
      annotation: list.annotation,
      creator: 'segue',
      date: list.date,
      extension: {
        'https://musicbrainz.org/doc/jspf#playlist': {
          created_for: list.creator,
          creator: 'segue',
          public: false,
          collaborators: [],
          last_modified_at: list.date,
          additional_metadata: { algorithm_metadata: { source_patch: list.source } },
        },
      },
      track: songs ? list.songs.map((song) => trackOf(song, list.date)) : [],
    },
  };
}

function trackOf({ uri, name, artists, held }: BrainSong, date: string): Record<string, unknown> {
  const mbid = held?.facts.mbid ?? mbidOf(uri.slice(uri.lastIndexOf(':') + 1));
  const credited = held?.facts.artists ?? artists.map((artist): RemoteArtist => ({ name: artist }));
  const last = credited.length - 1;
  return {
    title: name,
    creator: artists.join(', '),
    ...(held?.facts.album !== undefined && { album: held.facts.album }),
    ...(held?.facts.durationMs !== undefined && { duration: held.facts.durationMs }),
    ...(mbid !== null && { identifier: [RECORDING + mbid] }),
    extension: {
      'https://musicbrainz.org/doc/jspf#track': {
        added_at: date,
        added_by: 'segue',
        artist_identifiers: credited.flatMap((artist) => (artist.mbid === undefined ? [] : [ARTIST + artist.mbid])),
        additional_metadata: {
          artists: credited.map((artist, i) => ({
            artist_credit_name: artist.name,
            ...(artist.mbid !== undefined && { artist_mbid: artist.mbid }),
            join_phrase: i < last ? ', ' : '',
          })),
        },
      },
    },
  };
}
