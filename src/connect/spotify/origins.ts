/** Where Spotify answers; tests put a server of their own in its place. */
export interface SpotifyOrigins {
  readonly accounts: string;
  readonly api: string;
}

export const SPOTIFY: SpotifyOrigins = { accounts: 'https://accounts.spotify.com', api: 'https://api.spotify.com' };

/** What is asked for at sign-in: to read the person's own music, and to write playlists. */
export const SCOPES =
  'user-library-read playlist-read-private playlist-read-collaborative user-top-read user-read-recently-played playlist-modify-private playlist-modify-public';
