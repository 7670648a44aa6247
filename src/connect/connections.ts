import { randomBytes } from 'node:crypto';
import { Type } from '#typebox';
import { SegueError, throwIfCancelled } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import { isQueryOnly } from '../listeners/query-only.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import {
  type Connection,
  type Media,
  notPossible,
  type PlayReport,
  type Service,
  type ServiceContext,
  type SignedIn,
} from './contract.ts';
import { originOf, ownFingerprint, ownRows, type SongMatcher } from './matching.ts';
import { outgoingTo } from './network.ts';
import type { NamedSong } from './records.ts';
import { SERVICES, serviceIn } from './registry.ts';
import { renewAlone } from './renewal.ts';
import { checkSettings, openSettings } from './settings.ts';
import { HeldSongs } from './songs.ts';
import type { ConnectionRecord, ConnectionStore } from './store.ts';
import { problemOf, type SyncReport, syncConnection } from './sync.ts';
import type { SyncProgress } from './sync-progress.ts';
import { waitFor } from './wait.ts';

export interface ConnectionsParts {
  readonly store: ConnectionStore;
  readonly library: Pick<LibraryApi, 'importBatches'> & {
    forget?(choice: { files: readonly string[]; source?: string }): Promise<unknown>;
  };
  readonly repository: ListenerRepository;
  readonly matcher: SongMatcher;
  readonly now?: () => number;
  readonly wait?: ServiceContext['wait'];
  /** Default: those of the registry. */
  readonly services?: readonly Service[];
}

/** A list to write to a service. `key` identifies it: writing the same key again replaces the list. */
export interface OutgoingList {
  readonly key: string;
  readonly name: string;
  readonly comment?: string;
  readonly songs: readonly (NamedSong & { readonly uri: string })[];
}

export interface Sent {
  readonly id: string;
  readonly written: number;
  /** Songs that the service lacks or did not accept. */
  readonly missing: readonly NamedSong[];
  /** The list's page there, and a frame that plays it inside the app; null when there is none. */
  readonly page: string | null;
  readonly frame: string | null;
}

/** The connections of a library, for the command line and the routes. Makes requests only through connections that are switched on. */
export class Connections {
  readonly store: ConnectionStore;
  readonly held: HeldSongs;
  readonly services: readonly Service[];
  private readonly parts: ConnectionsParts;
  private readonly now: () => number;
  private readonly syncing = new Map<
    string,
    { report: Promise<SyncReport>; startedAt: number; progress: SyncProgress | null; stop: AbortController }
  >();

  constructor(parts: ConnectionsParts) {
    this.parts = parts;
    this.store = parts.store;
    this.held = new HeldSongs(parts.store);
    this.services = parts.services ?? SERVICES;
    this.now = parts.now ?? Date.now;
  }

  /** Signs in and switches the connection on. Signing in to the same account again renews it. @throws SegueError of Service.signIn, USAGE */
  async connect(
    serviceId: string,
    listener: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<ConnectionRecord> {
    const service = this.serviceOf(serviceId);
    const settings = checkSettings(service.settings, given);
    const id = `${service.id}-${randomBytes(4).toString('hex')}`;
    const signedIn = await service.signIn(settings, this.contextOf(id, service, openSettings(service.settings, given)));
    return this.keep(id, service, listener, signedIn);
  }

  /**
   * Asks a service for a code that the person confirms in an app of the service.
   * @returns the code, and a function that checks it: the connection, or null until the code is confirmed
   * @throws SegueError of CodeSignIn.begin, USAGE
   */
  async beginByCode(
    serviceId: string,
    listener: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<{ code: string; look: (signal?: AbortSignal) => Promise<ConnectionRecord | null> }> {
    const service = this.serviceOf(serviceId);
    const way = service.byCode;
    if (!way)
      throw new SegueError('NOT_POSSIBLE', {
        got: `${service.title} has no sign-in by code`,
        remedy: `Run \`segue connect ${service.id}\` without --code`,
      });
    checkSettings(Type.Omit(service.settings, [...way.spares]), given);
    const id = `${service.id}-${randomBytes(4).toString('hex')}`;
    const settings = openSettings(service.settings, given);
    const { code, look } = await way.begin(settings, this.contextOf(id, service, settings));
    return {
      code,
      look: async (signal) => {
        const signedIn = await look(signal);
        return signedIn && this.keep(id, service, listener, signedIn);
      },
    };
  }

  /** Switches on a connection after sign-in. */
  private keep(id: string, service: Service, listener: string, signedIn: SignedIn): ConnectionRecord {
    const same = this.store.list().find(
      (c) =>
        c.service === service.id &&
        c.listener === listener &&
        c.account === signedIn.account &&
        // Two people may have the same name.
        c.settings.user === signedIn.settings.user,
    );
    this.store.add(
      {
        id: same?.id ?? id,
        service: service.id,
        listener,
        account: signedIn.account,
        settings: signedIn.settings,
        createdAt: same?.createdAt ?? this.now(),
      },
      signedIn.secrets,
    );
    return this.store.get(same?.id ?? id);
  }

  /**
   * Switches a connection off and forgets its sign-in and everything known about the service's songs.
   * @param deleteData also deletes the plays, likes and lists read through it; always done for services whose terms require it
   * @throws SegueError NOT_FOUND, LIBRARY_BUSY
   */
  async disconnect(id: string, { deleteData = false } = {}): Promise<void> {
    const record = this.store.get(id);
    const { repository, library } = this.parts;
    // Otherwise, what is being read would be stored after the deletion.
    const running = this.syncing.get(id);
    running?.stop.abort();
    await running?.report.catch(() => {});
    if (isQueryOnly(record.service)) {
      await repository.forgetSource(record.listener, record.service);
      // Data from another account of the listener was deleted with it, and is read again.
      for (const other of this.store.list())
        if (other.id !== id && other.listener === record.listener && other.service === record.service)
          this.store.forgetProgress(other.id);
    } else if (deleteData) {
      const loved = this.store.statement('SELECT song, ref FROM loved WHERE connection = ?').all(id);
      const songs = loved.flatMap(
        ({ song, ref }) => this.held.get(id, String(song))?.uri ?? (ref === null ? [] : String(ref)),
      );
      await repository.opinions.clear(record.listener, songs);
      for (let after: string | undefined; ; ) {
        const page = await repository.lists.page(record.listener, { limit: 1000, after });
        for (const list of page.items)
          if (list.id.startsWith(`${id}:`)) await repository.lists.remove(record.listener, list.id, { forGood: true });
        if (page.next === null) break;
        after = page.next;
      }
      if (this.store.catalogue(id) !== null) await library.forget?.({ files: [id], source: record.service });
    }
    // If this is interrupted, the deleted songs are read again.
    this.store.forgetProgress(id);
    await this.held.removeAll(id);
    await this.store.remove(id);
  }

  /** The open connection. @throws SegueError NOT_FOUND, FILE_UNREADABLE */
  open(id: string): { record: ConnectionRecord; service: Service; connection: Connection } {
    const record = this.store.get(id);
    const service = this.serviceOf(record.service);
    const context = this.contextOf(id, service, record.settings);
    return { record, service, connection: service.open(record.settings, this.store.secrets(id), context) };
  }

  /** Reads what is new; waits for a sync in progress. @throws SegueError of Connection.read, LIBRARY_BUSY */
  sync(
    id: string,
    options: { signal?: AbortSignal; onProgress?: (progress: SyncProgress) => void } = {},
  ): Promise<SyncReport> {
    const running = this.syncing.get(id);
    if (running) return running.report;
    const stop = new AbortController();
    const entry = { startedAt: this.now(), progress: null as SyncProgress | null, stop };
    const onProgress = (progress: SyncProgress): void => {
      if (entry.progress?.part !== progress.part) entry.startedAt = this.now();
      entry.progress = progress;
      options.onProgress?.(progress);
    };
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const report = this.syncOnce(id, { signal, onProgress }).finally(() => this.syncing.delete(id));
    this.syncing.set(id, Object.assign(entry, { report }));
    return report;
  }

  /** Progress of a connection's sync in this process; null when none is running. */
  running(id: string): { fraction: number | null; note: string; secondsLeft: number | null } | null {
    const entry = this.syncing.get(id);
    if (!entry) return null;
    const { fraction = null, note = 'starting' } = entry.progress ?? {};
    const elapsed = (this.now() - entry.startedAt) / 1000;
    const left = fraction !== null && fraction > 0 ? Math.round((elapsed * (1 - fraction)) / fraction) : null;
    return { fraction, note, secondsLeft: left };
  }

  private async syncOnce(
    id: string,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: SyncProgress) => void },
  ): Promise<SyncReport> {
    const { store, held, now } = this;
    const { record, service, connection } = this.open(id);
    const { repository: target, matcher, library } = this.parts;
    try {
      const report = await syncConnection({
        record,
        connection,
        store,
        held,
        target,
        matcher,
        now,
        signal,
        onProgress,
      });
      throwIfCancelled(signal, 'The sync');
      const fingerprint = await ownFingerprint(held, id);
      if (!isQueryOnly(service.id) && fingerprint !== '' && fingerprint !== store.catalogue(id)) {
        await library.importBatches(originOf(service.id, service.title), id, ownRows(held, id), { signal });
        store.keepCatalogue(id, fingerprint);
      }
      store.synced(id, now(), null);
      await store.settle();
      return report;
    } catch (error) {
      if (!(error instanceof SegueError && error.code === 'CANCELLED')) store.synced(id, now(), problemOf(error));
      throw error;
    }
  }

  /** Writes a list there, replacing what was written under its key. @throws SegueError of Connection.writeList, NOT_POSSIBLE */
  async send(id: string, list: OutgoingList, signal?: AbortSignal): Promise<Sent> {
    const { service, connection } = this.open(id);
    if (!connection.writeList) throw notPossible(service.title, 'write', connection.abilities.write);
    const there = await this.held.byUris(
      id,
      list.songs.map((song) => song.uri),
    );
    const songs = list.songs.map((song) => ({ id: there.get(song.uri)?.facts.id, song }));
    const known = this.store.writtenList(id, list.key);
    const written = await connection.writeList(
      {
        id: known ?? undefined,
        name: list.name,
        comment: list.comment,
        songs,
        made: (there) => this.store.keepWrittenList(id, list.key, there),
      },
      signal,
    );
    this.store.keepWrittenList(id, list.key, written.id);
    return {
      id: written.id,
      written: written.written,
      missing: written.missing.map((position) => list.songs[position]!),
      page: written.page ?? null,
      frame: written.frame ?? null,
    };
  }

  /** Divides songs into those that a service has and those that it lacks. */
  async present(id: string, songs: OutgoingList['songs']): Promise<{ present: NamedSong[]; missing: NamedSong[] }> {
    const there = await this.held.byUris(
      id,
      songs.map((song) => song.uri),
    );
    return { present: songs.filter((s) => there.has(s.uri)), missing: songs.filter((s) => !there.has(s.uri)) };
  }

  /** Bytes of a song for the page. @throws SegueError NOT_POSSIBLE, NOT_FOUND, SERVICE_AWAY */
  async stream(id: string, songId: string, range: string | null, signal?: AbortSignal): Promise<Media> {
    const { service, connection } = this.open(id);
    if (!connection.stream) throw notPossible(service.title, 'play', connection.abilities.play);
    return connection.stream(songId, range, signal);
  }

  async cover(id: string, songId: string, size: number, signal?: AbortSignal): Promise<Media> {
    const { service, connection } = this.open(id);
    const cover = this.held.get(id, songId)?.facts.cover;
    if (!connection.cover) throw notPossible(service.title, 'play', connection.abilities.play);
    if (cover === undefined) throw new SegueError('NOT_FOUND', { got: 'The server has no cover for this song' });
    return connection.cover(cover, size, signal);
  }

  async report(id: string, play: PlayReport, signal?: AbortSignal): Promise<void> {
    const { service, connection } = this.open(id);
    if (!connection.report) throw notPossible(service.title, 'scrobble', connection.abilities.scrobble);
    await connection.report([play], signal);
  }

  /** @throws SegueError USAGE */
  readonly serviceOf = (id: string): Service => serviceIn(this.services, id);

  private contextOf(id: string, service: Service, settings: Readonly<Record<string, string>>): ServiceContext {
    return {
      outgoing: outgoingTo(id, service.hosts(settings), this.store, this.now),
      now: this.now,
      wait: this.parts.wait ?? waitFor,
      refusals: {
        because: (what) => this.store.refusal(id, what),
        note: (what, because) => this.store.noteRefusal(id, what, because),
      },
      renewSecrets: (renew) => renewAlone(this.store, id, this.now, this.parts.wait ?? waitFor, renew),
    };
  }
}
