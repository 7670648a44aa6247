import type { ColumnType, Generated } from '#kysely';

/** Numbers assigned by the database; they stay inside the store. */
type Key = Generated<number>;
/** A column with a default of 0. */
type Count = ColumnType<number, number | undefined, number>;

/** The store's tables after all migrations. Times are milliseconds since 1970, JSON is text, booleans are 0 and 1. */
export interface Tables {
  listeners: {
    no: Key;
    id: string;
    name: string;
    /** The name in the form used for comparison. */
    name_key: string;
    created_at: number;
    revision: Count;
  };
  songs: {
    no: Key;
    listener: number;
    key: string;
    own: number;
    title: string;
    /** JSON array. */
    artists: string;
    album: string | null;
    isrc: string | null;
    mbid: string | null;
    /** Title, artists and album, normalised. */
    search: string;
    plays: Count;
    skips: Count;
    listened_ms: Count;
    first_at: number | null;
    last_at: number | null;
  };
  /** Own songs that were matched to another song, to which later plays under the old key are added. */
  settled: { listener: number; key: string; song: number };
  /** Own songs with several possible tracks; `open` until the listener has chosen. */
  reviews: { listener: number; key: string; candidates: string; refused: string; open: number };
  plays: {
    no: Key;
    listener: number;
    id: string;
    song: number;
    at: number;
    ms: number | null;
    skipped: number;
    source: string;
    import: number | null;
    removed_at: number | null;
  };
  hours: { listener: number; hour: number; plays: number; listened_ms: number };
  opinions: { listener: number; song: number; kind: 'like' | 'dislike' | 'none'; at: number; source: string };
  bans: { listener: number; kind: string; target: string; label: string; at: number; until: number | null };
  lists: {
    listener: number;
    id: string;
    name: string;
    search: string;
    description: string;
    source: string;
    created_at: number;
    updated_at: number;
    removed_at: number | null;
    version: number;
    length: number;
  };
  list_versions: {
    listener: number;
    list: string;
    version: number;
    at: number;
    songs: string;
    recipe: string | null;
  };
  events: {
    no: Key;
    listener: number;
    id: string;
    kind: string;
    song: number;
    at: number;
    ms: number | null;
    until: number | null;
    list: string | null;
    position: number | null;
    model: string | null;
    model_version: string | null;
  };
  shown: {
    no: Key;
    listener: number;
    id: string;
    kind: string;
    at: number;
    model: string | null;
    model_version: string | null;
    experiment: string | null;
    arm: string | null;
    songs: string;
    detail: string | null;
  };
  imports: {
    no: Key;
    listener: number;
    id: string;
    format: string;
    files: string;
    at: number;
    finished_at: number | null;
    state: string;
    counts: string;
    rejected: string;
  };
  settings: { listener: number; name: string; value: string };
  /** JSON of the blend of models chosen by a backtest. */
  blends: { listener: number; value: string };
  /** Listeners who can sign in; `password` is a hash. */
  accounts: { listener: number; role: string; password: string; created_at: number };
  /** Sessions and invitations are stored as digests of their secrets. */
  sessions: {
    digest: string;
    listener: number;
    created_at: number;
    until: number;
    device: string;
    address: string;
    seen_at: number;
  };
  invitations: { digest: string; role: string; until: number };
  /** Invitations for listeners without an account. */
  listener_invitations: { digest: string; listener: number; role: string; until: number };
  passkeys: {
    id: string;
    listener: number;
    name: string;
    public_key: string;
    counter: number;
    /** JSON array. */
    transports: string;
    created_at: number;
    used_at: number | null;
  };
  /** Accounts at an OpenID Connect provider. */
  identities: { issuer: string; subject: string; listener: number; label: string; created_at: number };
  /** Sign-ins in progress, stored as digests of their secrets; `data` is JSON. */
  ceremonies: { digest: string; data: string; until: number };
  /** The audit log. Refers to listeners by id only, since entries outlive them. */
  audit: { no: Key; at: number; action: string; listener: string | null; detail: string };
  /** Concern the household, not a listener. */
  experiments: { id: string; kind: string; a: string; b: string; started_at: number; ended_at: number | null };
  /** Concerns the household; `consumers` is a consumer group. */
  stream_lag: { consumers: string; topic: string; partition: number; lag: number; at: number };
}
