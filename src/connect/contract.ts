import type { Static, TObject } from '#typebox';
import type { SegueError } from '../errors.ts';
import { SegueError as Refusal } from '../errors.ts';
import type { FactProvider } from './facts/facts.ts';
import type { Outgoing } from './network.ts';
import type { NamedSong, RemoteItem, RemoteSong } from './records.ts';

/** The possible capabilities of a service, in words that continue "can …". */
export const CAPABILITIES = {
  songs: 'read songs',
  likes: 'read likes',
  ratings: 'read ratings',
  playlists: 'read playlists',
  plays: 'read the play history',
  resolve: 'find a song by artist and title',
  write: 'receive playlists',
  play: 'stream songs to the app',
  scrobble: 'receive plays',
  facts: 'look up audio features',
  recommend: 'recommend songs of its own',
} as const;

export type Capability = keyof typeof CAPABILITIES;
/** Parts of an account to read, in the order of a sync. */
export type Readable = 'songs' | 'likes' | 'ratings' | 'playlists' | 'plays';
export const READABLE: readonly Readable[] = ['songs', 'likes', 'ratings', 'playlists', 'plays'];

/** Whether something is possible and, if not, the reason in one sentence for people. */
export type Ability = { readonly able: true } | { readonly able: false; readonly because: string };
/** Capabilities that few services have; others lack them without stating a reason. */
type Rare = 'facts' | 'recommend';
export type Abilities = Readonly<Record<Exclude<Capability, Rare>, Ability> & Partial<Record<Rare, Ability>>>;

export const ABLE: Ability = { able: true };
export const unable = (because: string): Ability => ({ able: false, because });

/** A page of data. An interrupted sync resumes after the last stored page. */
export interface Page {
  readonly items: readonly RemoteItem[];
  /** Where reading resumes after this page; only the service interprets it. */
  readonly cursor: string;
  /** Number of items so far and in total, for progress; null when the service does not state it. */
  readonly done: number;
  readonly total: number | null;
  /** True on the last page of a complete reading: what it did not contain no longer exists there. */
  readonly complete?: boolean;
  /** True on the last page of a reading that stopped early because the rest has not changed since the last reading. */
  readonly unchanged?: boolean;
}

/** A list to write. With `id`, it replaces the content of that list, so writing again is safe. */
export interface ListToWrite {
  readonly id?: string;
  readonly name: string;
  readonly comment?: string;
  readonly songs: readonly { readonly id?: string; readonly song: NamedSong }[];
  /**
   * Called with the list's id before the list gets its name, so that after an interruption the next write replaces it. Services whose lists can be
   * recognised by name and mark need not call it.
   */
  readonly made?: (id: string) => void;
}

export interface WrittenList {
  /** The list's id there, for the next write. */
  readonly id: string;
  readonly written: number;
  /** Indexes into `songs` of those that the service did not accept. */
  readonly missing: readonly number[];
  /** The list's page, if it has one; `frame` plays it inside the app. */
  readonly page?: string;
  readonly frame?: string;
}

/** Bytes of a song or a cover with the headers a browser needs. */
export interface Media {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReadableStream<Uint8Array> | null;
}

export interface PlayReport {
  readonly songId: string;
  readonly song?: NamedSong;
  /** Seconds since 1970. */
  readonly at: number;
  /** False = playing now; true = finished, counts as a play. */
  readonly finished: boolean;
}

/**
 * A signed-in account or server elsewhere. Every method belongs to a capability; for one that `abilities` denies, the method is absent or throws
 * NOT_POSSIBLE with the same sentence.
 */
export interface Connection {
  readonly abilities: Abilities;
  /**
   * Reads a part from a cursor (null = from the beginning, or what is new, depending on the service).
   * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER, NOT_POSSIBLE, CANCELLED
   */
  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page>;
  /** The service's song with these names; null when it has none. */
  resolve?(song: NamedSong, signal?: AbortSignal): Promise<RemoteSong | null>;
  writeList?(list: ListToWrite, signal?: AbortSignal): Promise<WrittenList>;
  /** @param range value of a Range header */
  stream?(songId: string, range: string | null, signal?: AbortSignal): Promise<Media>;
  cover?(cover: string, size: number, signal?: AbortSignal): Promise<Media>;
  report?(plays: readonly PlayReport[], signal?: AbortSignal): Promise<void>;
  readonly facts?: FactProvider;
  /** The service's own recommendations. @param seeds its ids of songs */
  recommend?(seeds: readonly string[], n: number, signal?: AbortSignal): Promise<readonly RemoteSong[]>;
}

/** What a service is given: the only access to the network, and the time. */
export interface ServiceContext {
  readonly outgoing: Outgoing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits; rejects with CANCELLED when the signal is aborted. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** What the service permanently refuses to this account, in the words of the refusal; forgotten at the next sign-in. */
  readonly refusals: {
    because(what: string): string | null;
    /** Does nothing for a connection that is not switched on yet. */
    note(what: string, because: string): void;
  };
  /**
   * Renews secrets (rotating tokens), one renewal at a time across all processes.
   * @param renew receives the secrets currently on disk @returns its result, once that is on disk
   */
  readonly renewSecrets: (renew: (current: Secrets) => Promise<Secrets>) => Promise<Secrets>;
}

/** Passwords and tokens: encrypted on disk, and never in a log, error, URL, answer or export. */
export type Secrets = Readonly<Record<string, string>>;
export type PublicSettings = Readonly<Record<string, string>>;

/** A host that a service contacts, and the purpose. */
export interface HostUse {
  /** Origin, e.g. `https://music.example:4533`. */
  readonly origin: string;
  readonly why: string;
}

/** The result of a sign-in. */
export interface SignedIn {
  /** Name by which the person recognises the account, e.g. `alice at music.example`. */
  readonly account: string;
  /** Settings to store unencrypted: an address, a user's id, what the server supports. */
  readonly settings: PublicSettings;
  readonly secrets: Secrets;
}

/** A sign-in on the service's own page, which then returns to this machine. */
export interface BrowserSignIn {
  /** Settings that nobody types: `redirect`, `answer` (the query with which the page returned) and those from `begin`. */
  readonly fills: readonly string[];
  /** @param settings typed by the person @param redirect address on this machine to which the page returns */
  begin(settings: PublicSettings, redirect: string): Promise<BegunSignIn>;
}

export interface BegunSignIn {
  /** The page for the person to open. */
  readonly address: string;
  /** Unguessable; the page returns it as the parameter `state`. */
  readonly state: string;
  /** Settings for `signIn`, which must not leave this machine until then. */
  readonly kept: Secrets;
}

/** A sign-in with a code that Segue displays and the person confirms in an app of the service. */
export interface CodeSignIn {
  /** The service's name for it, e.g. `Quick Connect`. */
  readonly title: string;
  /** Settings that it does not need. */
  readonly spares: readonly string[];
  /** Asks the service for a code. @throws SegueError NOT_POSSIBLE when it is switched off, SERVICE_AWAY, SERVICE_ANSWER */
  begin(settings: PublicSettings, context: ServiceContext, signal?: AbortSignal): Promise<BegunByCode>;
}

export interface BegunByCode {
  /** The code to type in the app; not a secret. */
  readonly code: string;
  /** Checks once; null until the person has confirmed. @throws SegueError SIGN_IN_REFUSED when the code expired or was rejected */
  look(signal?: AbortSignal): Promise<SignedIn | null>;
}

/** One kind of connection: a file or folder of `src/connect/`, a test, and a line in the registry. */
export interface Service<Settings extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The settings to fill in; fields made by `secret()` are encrypted. */
  readonly settings: Settings;
  /** All hosts that a connection with these settings may contact. */
  hosts(settings: PublicSettings): readonly HostUse[];
  /** Present if the person signs in on the service's own page. */
  readonly browser?: BrowserSignIn;
  /** Present if a code can replace user and password. */
  readonly byCode?: CodeSignIn;
  /** Checks the settings against the service. @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER */
  signIn(settings: Static<Settings>, context: ServiceContext, signal?: AbortSignal): Promise<SignedIn>;
  /** A connection from the stored result of a sign-in; makes no request. */
  open(settings: PublicSettings, secrets: Secrets, context: ServiceContext): Connection;
}

/** The error for something that a connection cannot do, in its own words. */
export function notPossible(title: string, capability: Capability, ability: Ability): SegueError {
  return new Refusal('NOT_POSSIBLE', {
    got: `${title} cannot ${CAPABILITIES[capability]}${ability.able ? '' : `: ${ability.because}`}`,
  });
}
