import type { Static, TObject } from '#typebox';
import type { SegueError } from '../errors.ts';
import { SegueError as Refusal } from '../errors.ts';
import type { FactProvider } from './facts/facts.ts';
import type { Outgoing } from './network.ts';
import type { NamedSong, RemoteItem, RemoteSong } from './records.ts';

/** What a service may be able to do, as a sentence about it goes on. */
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
/** Parts of an account that are read, in the order of a sync. */
export type Readable = 'songs' | 'likes' | 'ratings' | 'playlists' | 'plays';
export const READABLE: readonly Readable[] = ['songs', 'likes', 'ratings', 'playlists', 'plays'];

/** Whether something is possible and, if not, why: one sentence that people read. */
export type Ability = { readonly able: true } | { readonly able: false; readonly because: string };
/** Capabilities that few services have: those that do not name them lack them without a word. */
type Rare = 'facts' | 'recommend';
export type Abilities = Readonly<Record<Exclude<Capability, Rare>, Ability> & Partial<Record<Rare, Ability>>>;

export const ABLE: Ability = { able: true };
export const unable = (because: string): Ability => ({ able: false, because });

/** A piece of what is read. Whatever stops a sync, it goes on after the last page that was stored. */
export interface Page {
  readonly items: readonly RemoteItem[];
  /** Where reading goes on after this page; opaque to everybody but the service. */
  readonly cursor: string;
  /** Items so far and in all, for progress; null when the service does not say. */
  readonly done: number;
  readonly total: number | null;
  /** True on the last page of a complete reading: what was not in it exists there no more. */
  readonly complete?: boolean;
  /** True on the last page of a reading that stopped early because what follows is as the last reading left it. */
  readonly unchanged?: boolean;
}

/** A list to be written: with `id` the content of that list is replaced, so writing again is safe. */
export interface ListToWrite {
  readonly id?: string;
  readonly name: string;
  readonly comment?: string;
  readonly songs: readonly { readonly id?: string; readonly song: NamedSong }[];
  /**
   * Told the list's id before the list gets its name, so that a writing which is cut off after that replaces it the next time. Services whose lists
   * can be told by name and mark need not call it.
   */
  readonly made?: (id: string) => void;
}

export interface WrittenList {
  /** The list's id there; write with it the next time. */
  readonly id: string;
  readonly written: number;
  /** Positions in `songs` that the service did not take. */
  readonly missing: readonly number[];
  /** The list's own page, where it has one; `frame` plays it inside the app. */
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
  /** False tells that the song is playing now, true that it counts as played. */
  readonly finished: boolean;
}

/**
 * An account or a server elsewhere, signed in. Every method belongs to a capability; one that `abilities` denies has no method,
 * or throws NOT_POSSIBLE with the same sentence.
 */
export interface Connection {
  readonly abilities: Abilities;
  /**
   * Reads a part from a cursor on (null = from the beginning, or what is new since, as the service can).
   * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER, NOT_POSSIBLE, CANCELLED
   */
  read(part: Readable, cursor: string | null, signal?: AbortSignal): AsyncIterable<Page>;
  /** The service's song for a named one; null when it has none. */
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

/** What a service stands on: the only way out of the machine, and the time. */
export interface ServiceContext {
  readonly outgoing: Outgoing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits; rejects with CANCELLED when the signal is aborted. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** What the service has refused to this account for good, in the sentence of the refusal; forgotten at the next sign-in. */
  readonly refusals: {
    because(what: string): string | null;
    /** Nothing happens for a connection that is not switched on yet. */
    note(what: string, because: string): void;
  };
  /**
   * Renews secrets (tokens that rotate), one renewal at a time over all processes.
   * @param renew gets the secrets as they are on disk now @returns what it gave, when that is safe on disk
   */
  readonly renewSecrets: (renew: (current: Secrets) => Promise<Secrets>) => Promise<Secrets>;
}

/** Passwords and tokens: sealed on disk, in no log, error, URL, answer or export. */
export type Secrets = Readonly<Record<string, string>>;
export type PublicSettings = Readonly<Record<string, string>>;

/** One host that a service talks to, and what for. */
export interface HostUse {
  /** Origin, e.g. `https://music.example:4533`. */
  readonly origin: string;
  readonly why: string;
}

/** What sign-in found out. */
export interface SignedIn {
  /** How the person recognises the account: `alice at music.example`. */
  readonly account: string;
  /** Settings to keep in the open: an address, a user's id, what the server can do. */
  readonly settings: PublicSettings;
  readonly secrets: Secrets;
}

/** A sign-in on the service's own page, which then returns to this machine. */
export interface BrowserSignIn {
  /** Settings that nobody types: `redirect`, `answer` (the query that the page returned with) and what `begin` keeps. */
  readonly fills: readonly string[];
  /** @param settings those that the person typed @param redirect the address on this machine that the page returns to */
  begin(settings: PublicSettings, redirect: string): Promise<BegunSignIn>;
}

export interface BegunSignIn {
  /** The page that the person opens. */
  readonly address: string;
  /** Unguessable; the page returns with it as the parameter `state`. */
  readonly state: string;
  /** Settings for `signIn` that must stay on this machine until then. */
  readonly kept: Secrets;
}

/** A sign-in that the person confirms in an app of the service, by a code that Segue shows. */
export interface CodeSignIn {
  /** What the service calls it: `Quick Connect`. */
  readonly title: string;
  /** Settings that this way needs no value for. */
  readonly spares: readonly string[];
  /** Asks the service for a code. @throws SegueError NOT_POSSIBLE where it is switched off, SERVICE_AWAY, SERVICE_ANSWER */
  begin(settings: PublicSettings, context: ServiceContext, signal?: AbortSignal): Promise<BegunByCode>;
}

export interface BegunByCode {
  /** What the person types in the app; no secret. */
  readonly code: string;
  /** Looks once; null until the person has confirmed. @throws SegueError SIGN_IN_REFUSED when the code ran out or was refused */
  look(signal?: AbortSignal): Promise<SignedIn | null>;
}

/** One kind of connection: a file or folder of `src/connect/`, a test, and a line in the registry. */
export interface Service<Settings extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What the person fills in; fields made by `secret()` are sealed. */
  readonly settings: Settings;
  /** Everything that a connection with these settings will contact. */
  hosts(settings: PublicSettings): readonly HostUse[];
  /** Present where the person signs in on the service's own page. */
  readonly browser?: BrowserSignIn;
  /** Present where a code may take the place of user and password. */
  readonly byCode?: CodeSignIn;
  /** Checks the settings against the service. @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER */
  signIn(settings: Static<Settings>, context: ServiceContext, signal?: AbortSignal): Promise<SignedIn>;
  /** A connection from what sign-in kept; makes no request. */
  open(settings: PublicSettings, secrets: Secrets, context: ServiceContext): Connection;
}

/** The error for something that a connection cannot do, in its own words. */
export function notPossible(title: string, capability: Capability, ability: Ability): SegueError {
  return new Refusal('NOT_POSSIBLE', {
    got: `${title} cannot ${CAPABILITIES[capability]}${ability.able ? '' : `: ${ability.because}`}`,
  });
}
