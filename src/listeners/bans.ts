export type BanKind = 'song' | 'artist' | 'genre';

/** Something that a listener does not want to hear. */
export interface Ban {
  readonly kind: BanKind;
  /** A song key, an artist's URI or `artist:<name>`, a genre as the catalogue writes it. */
  readonly target: string;
  /** What to call it. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it ends by itself, in milliseconds since 1970; null = permanent. */
  readonly until: number | null;
}

/** Bans; one per kind and target. */
export interface BanStore {
  /** Sets or replaces. */
  set(
    listener: string,
    ban: { kind: BanKind; target: string; label?: string; until?: number | null; at?: number },
  ): Promise<Ban>;
  /** @returns whether there was one */
  clear(listener: string, kind: BanKind, target: string): Promise<boolean>;
  /** Those that hold at a moment, newest first; `at` defaults to now. */
  active(listener: string, at?: number): Promise<Ban[]>;
  /** All, those that ended included, newest first. */
  all(listener: string): Promise<Ban[]>;
}
