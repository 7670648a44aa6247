/** A model, or another way of finding songs, and how much its list counts. */
export interface BlendPart {
  /** A model's id, or `same artists`. */
  readonly name: string;
  /** > 0 */
  readonly weight: number;
}

/** The blend of models that knew a listener best, as a backtest found it. */
export interface StoredBlend {
  readonly parts: readonly BlendPart[];
  /** Model version by id, of every model that took part in the choice: another version makes the blend stale. */
  readonly versions: Readonly<Record<string, string>>;
  /** Plays that the history had. */
  readonly plays: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One blend per listener. */
export interface BlendStore {
  get(listener: string): Promise<StoredBlend | null>;
  /** Takes the place of the one before; the listener's revision stays, for it says nothing of the taste. @throws SegueError NOT_FOUND */
  set(listener: string, blend: StoredBlend): Promise<void>;
}
