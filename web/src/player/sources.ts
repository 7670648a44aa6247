import { spotifyPage } from '../export/formats.ts';

/** A song as a player needs it. */
export interface Playable {
  uri: string;
  name: string;
  artists: readonly string[];
}

/** A source of sound. To add one, add an entry to SOURCES. */
export interface PlayerSource {
  readonly id: string;
  readonly title: string;
  /** The site contacted when a song plays; null = nothing leaves this machine. */
  readonly contacts: string | null;
  /** What the person consents to, in one sentence. */
  readonly consent: string;
  /** Address of a frame that plays the song; null when this source does not have it. */
  frame(song: Playable): string | null;
}

const spotify: PlayerSource = {
  id: 'spotify',
  title: 'Spotify',
  contacts: 'https://open.spotify.com',
  consent: 'Playing loads Spotify’s player from open.spotify.com, which then sees the song and your IP address.',
  frame: (song) => spotifyPage(song.uri)?.replace('open.spotify.com/track/', 'open.spotify.com/embed/track/') ?? null,
};

export const SOURCES: readonly PlayerSource[] = [spotify];

/** The first source that has the song; null when none does. */
export const sourceOf = (song: Playable): PlayerSource | null =>
  SOURCES.find((source) => source.frame(song) !== null) ?? null;

/** Why a song cannot be played, in a sentence. */
export const silence = (song: Playable): string =>
  /(^demo|:demo:)/.test(song.uri)
    ? 'This song is fictional: the demo world has no sound.'
    : 'None of your players has this song.';
