/** Rights of an access token, each with an explanation for people. */
export const SCOPES = {
  read: 'read the catalogue and your own data, and get recommendations',
  write: 'change your own data: likes, bans, lists, settings, imports, connections',
  events: 'send plays and other events, and follow them live',
  household: 'send events and get recommendations for everyone here, as a music server does (administrators)',
  admin: 'import, train and manage (administrators)',
} as const;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

/** Default rights of a token, and rights of tokens older than scopes. */
export const USUAL_SCOPES: readonly Scope[] = ['read', 'write', 'events'];

/** Only an administrator's token may have these. */
export const ADMINISTRATORS_SCOPES: readonly Scope[] = ['household', 'admin'];
