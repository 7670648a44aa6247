import { SegueError } from '../../errors.ts';

/** What a 403 means: each kind has one sentence, and none is tried again. */
export type Forbidden = 'not-yours' | 'not-listed' | 'premium' | 'scope' | 'gone';

const SENTENCES: Readonly<Record<Forbidden, { got: string; remedy: string }>> = {
  'not-yours': {
    got: 'Spotify shows the songs of a playlist only to its owner and collaborators',
    remedy: 'Copy the playlist into one of your own to read it',
  },
  'not-listed': {
    got: 'This account is not on the list of users of the Spotify application',
    remedy: 'Add its e-mail address under User Management at developer.spotify.com',
  },
  premium: {
    got: 'Spotify answers only while the owner of the application has Premium',
    remedy: 'Renew Premium, then sync again',
  },
  scope: { got: 'The sign-in to Spotify does not cover this', remedy: 'Sign in again' },
  gone: {
    got: 'Spotify does not offer this to applications created after November 2024',
    remedy: 'Everything else works without it',
  },
};

/** @param path of the request, without the query @param message what Spotify said */
export function forbiddenKind(path: string, message: string): Forbidden {
  if (/not (registered|approved|allow)/i.test(message) || /developer dashboard/i.test(message)) return 'not-listed';
  if (/premium/i.test(message)) return 'premium';
  if (/scope/i.test(message)) return 'scope';
  return path.includes('/playlists/') ? 'not-yours' : 'gone';
}

/** A refusal that Spotify will repeat. */
export class SpotifyForbidden extends SegueError {
  readonly kind: Forbidden;

  constructor(kind: Forbidden) {
    super(kind === 'not-listed' || kind === 'scope' ? 'SIGN_IN_REFUSED' : 'NOT_POSSIBLE', SENTENCES[kind]);
    this.kind = kind;
  }
}
