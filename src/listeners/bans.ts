export type BanKind = 'song' | 'artist' | 'genre';

/** Something that a listener does not want to hear. */
export interface Ban {
  readonly kind: BanKind;
  /** A song key, an artist's URI or `artist:<name>`, a genre as the catalogue writes it. */
  readonly target: string;
  /** Name to display. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it ends, in milliseconds since 1970; null = never. */
  readonly until: number | null;
}

/** Bans; one per kind and target. */
export interface BanStore {
  /** Adds a ban or replaces it. */
  set(
    listener: string,
    ban: { kind: BanKind; target: string; label?: string; until?: number | null; at?: number },
  ): Promise<Ban>;
  /** @returns whether there was one */
  clear(listener: string, kind: BanKind, target: string): Promise<boolean>;
  /** Bans in force at a time (default: now), newest first. */
  active(listener: string, at?: number): Promise<Ban[]>;
  /** All bans, including those that have ended, newest first. */
  all(listener: string): Promise<Ban[]>;
}
