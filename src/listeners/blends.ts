/** A model, or another way of finding songs, with the weight of its list. */
export interface BlendPart {
  /** A model's id, or `same artists`. */
  readonly name: string;
  /** > 0 */
  readonly weight: number;
}

/** The blend of models that predicted a listener best in a backtest. */
export interface StoredBlend {
  readonly parts: readonly BlendPart[];
  /** Versions by id of all models considered; a change of any makes the blend stale. */
  readonly versions: Readonly<Record<string, string>>;
  /** Number of plays in the history at the time. */
  readonly plays: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One blend per listener. */
export interface BlendStore {
  get(listener: string): Promise<StoredBlend | null>;
  /** Replaces the previous blend. The listener's revision stays, since a blend does not change their taste. @throws SegueError NOT_FOUND */
  set(listener: string, blend: StoredBlend): Promise<void>;
}
