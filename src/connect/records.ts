/** What a service says of a person's music, in one shape for all services. Absent means that the service does not say. */

export interface RemoteArtist {
  name: string;
  /** The service's own id. */
  id?: string;
  /** MusicBrainz artist id. */
  mbid?: string;
}

export interface RemoteSong {
  /** The service's own id, unique within a connection. */
  id: string;
  title: string;
  artists: readonly RemoteArtist[];
  album?: string;
  albumId?: string;
  albumArtists?: readonly RemoteArtist[];
  durationMs?: number;
  year?: number;
  genres?: readonly string[];
  moods?: readonly string[];
  /** Beats per minute. */
  bpm?: number;
  isrc?: readonly string[];
  /** MusicBrainz recording id. */
  mbid?: string;
  /** ReplayGain of the track in dB. */
  trackGain?: number;
  explicit?: boolean;
  /** 0–100 */
  popularity?: number;
  /** What the service takes to show the cover. */
  cover?: string;
  /** The song's file: absolute, or within the music folder of the server. */
  path?: string;
  /** URI by which a catalogue may already hold the song, e.g. `spotify:track:…`. */
  uri?: string;
  playCount?: number;
  /** Seconds since 1970. */
  lastPlayedAt?: number;
  addedAt?: number;
}

/** A song as a play or a foreign list names it: the names are all that is sure. */
export interface NamedSong {
  title: string;
  artist: string;
  album?: string;
  durationMs?: number;
  mbid?: string;
  isrc?: string;
  uri?: string;
}

export interface RemotePlay {
  /** Unique within a connection, so that a play read twice is stored once. */
  id: string;
  /** Seconds since 1970. */
  at: number;
  /** The connection's id of the song, when it has one. */
  songId?: string;
  song: NamedSong;
  /** How long it was listened to. */
  listenedMs?: number;
}

export interface RemotePlaylist {
  id: string;
  name: string;
  comment?: string;
  owner?: string;
  /** Whether it cannot be changed there: a smart list, or another user's. */
  readOnly?: boolean;
  /** Seconds since 1970. */
  changedAt?: number;
  /** Ids of its songs in order, possibly with repeats. */
  songIds: readonly string[];
  /** Songs that the service names and has no id for. */
  songs?: readonly NamedSong[];
}

/** One thing read from a service. */
export type RemoteItem =
  | { kind: 'song'; song: RemoteSong }
  | { kind: 'play'; play: RemotePlay }
  /** Without names, and of a song that is not stored: the service no longer knows the song; earlier likes of it stay. */
  | { kind: 'like'; songId: string; song?: NamedSong; at?: number; liked: boolean }
  | { kind: 'rating'; songId: string; rating: number }
  | { kind: 'playlist'; playlist: RemotePlaylist };
