/** What an access token may do, each with what it means for people. */
export const SCOPES = {
  read: 'read the catalogue and your own data, and get recommendations',
  write: 'change your own data: likes, bans, lists, settings, imports, connections',
  events: 'send plays and other events, and follow them live',
  household: 'send events and get recommendations for everyone here, as a music server does (administrators)',
  admin: 'import, train and manage (administrators)',
} as const;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

/** What a token may do when nothing else was said, and what those may that were made before there were scopes. */
export const USUAL_SCOPES: readonly Scope[] = ['read', 'write', 'events'];

/** Only an administrator's token may have these. */
export const ADMINISTRATORS_SCOPES: readonly Scope[] = ['household', 'admin'];
