import { Pace } from '../listeners/pace.ts';
import { turn } from '../turn/turn.ts';
import type { NamedSong, RemoteSong } from './records.ts';
import type { ConnectionStore } from './store.ts';

/** A song of a service, with its catalogue track. */
export interface HeldSong {
  readonly facts: RemoteSong;
  /** Id of a catalogue track; null until it was matched. */
  readonly uri: string | null;
  /** Confidence of the match, 0–1; 1 = by id. */
  readonly confidence: number;
  /** Not there any more at the last complete reading. Kept: plays and likes of it stay explained. */
  readonly gone: boolean;
}

/** Number of songs per statement. */
const CHUNK = 500;
/** Number of ids looked up between two rests. */
const URIS = 100;

/** Tracks that no catalogue song was found for join the catalogue under ids of this form. */
export const heldUri = (connection: string, id: string): string => `${connection}:${id}`;

export const namedOf = (song: RemoteSong): NamedSong => ({
  title: song.title,
  artist: song.artists.map((artist) => artist.name).join(', '),
  album: song.album,
  durationMs: song.durationMs,
  mbid: song.mbid,
  isrc: song.isrc?.[0],
  uri: song.uri,
});

/** The songs of connections, with their catalogue tracks. */
export class HeldSongs {
  private readonly store: ConnectionStore;

  constructor(store: ConnectionStore) {
    this.store = store;
  }

  /** Stores songs met by a sync; a song whose names have changed is matched again. Call within `together`. */
  add(connection: string, songs: readonly RemoteSong[], pass: number): void {
    for (const song of songs)
      this.store.run(
        `INSERT INTO song (connection, id, facts, pass) VALUES (?, ?, ?, ?)
         ON CONFLICT (connection, id) DO UPDATE SET pass = excluded.pass, gone = 0, facts = excluded.facts,
           uri = CASE WHEN json_extract(facts, '$.title', '$.artists') = json_extract(excluded.facts, '$.title', '$.artists') THEN uri END`,
        connection,
        song.id,
        JSON.stringify(song),
        pass,
      );
  }

  /** Removes all songs of a connection, with rests in which other work may run. */
  async removeAll(connection: string): Promise<void> {
    const some =
      'DELETE FROM song WHERE connection = ?1 AND id IN (SELECT id FROM song WHERE connection = ?1 LIMIT ?2)';
    while (this.store.run(some, connection, CHUNK) > 0) await turn();
  }

  /** Marks songs that a complete sync did not meet as gone. @returns their number */
  settle(connection: string, pass: number): number {
    return this.store.run('UPDATE song SET gone = 1 WHERE connection = ? AND pass < ? AND gone = 0', connection, pass);
  }

  count(connection: string): { songs: number; gone: number; matched: number } {
    const row = this.store
      .statement(
        `SELECT count(*) FILTER (WHERE gone = 0) AS songs, count(*) FILTER (WHERE gone = 1) AS gone,
           count(*) FILTER (WHERE gone = 0 AND uri IS NOT NULL AND uri NOT LIKE ? || ':%') AS matched
         FROM song WHERE connection = ?`,
      )
      .get(connection, connection)!;
    return { songs: Number(row.songs), gone: Number(row.gone), matched: Number(row.matched) };
  }

  /**
   * All songs in the order of their ids, read page by page, so that the caller can rest in between.
   * @param gone also those that went away
   */
  *all(connection: string, gone = false): Generator<HeldSong> {
    const page = this.store.statement(
      'SELECT * FROM song WHERE connection = ? AND gone <= ? AND id > ? ORDER BY id LIMIT ?',
    );
    for (let last = ''; ; ) {
      const rows = page.all(connection, gone ? 1 : 0, last, CHUNK);
      for (const row of rows) yield heldOf(row);
      if (rows.length < CHUNK) return;
      last = String(rows.at(-1)!.id);
    }
  }

  get(connection: string, id: string): HeldSong | null {
    const row = this.store.statement('SELECT * FROM song WHERE connection = ? AND id = ?').get(connection, id);
    return row ? heldOf(row) : null;
  }

  /** A song by the service's id in whichever connection has it. */
  find(id: string): { connection: string; song: HeldSong } | null {
    const row = this.store.statement('SELECT * FROM song WHERE id = ? ORDER BY gone LIMIT 1').get(id);
    return row ? { connection: String(row.connection), song: heldOf(row) } : null;
  }

  /** Whether any song of the service is known. */
  any(connection: string): boolean {
    return this.store.statement('SELECT 1 FROM song WHERE connection = ? LIMIT 1').get(connection) !== undefined;
  }

  /** The songs of an album or an artist by the service's ids of them. */
  ofArtistOrAlbum(connection: string, id: string): HeldSong[] {
    return this.store
      .statement(
        `SELECT * FROM song WHERE connection = ?1 AND gone = 0 AND instr(facts, json_quote(?2)) > 0 AND (
           json_extract(facts, '$.albumId') = ?2
           OR EXISTS (SELECT 1 FROM json_each(facts, '$.artists') WHERE json_extract(value, '$.id') = ?2)
           OR EXISTS (SELECT 1 FROM json_each(facts, '$.albumArtists') WHERE json_extract(value, '$.id') = ?2))
         ORDER BY id`,
      )
      .all(connection, id)
      .map(heldOf);
  }

  match(connection: string, id: string, uri: string, confidence: number): void {
    this.store.run(
      'UPDATE song SET uri = ?, confidence = ? WHERE connection = ? AND id = ?',
      uri,
      confidence,
      connection,
      id,
    );
  }

  /** The service's songs for catalogue ids; a URI that it does not hold is missing. Of several versions the surest match. */
  byUri(connection: string, uris: readonly string[]): Map<string, HeldSong> {
    const rows = this.store
      .statement(
        // Without this hint, SQLite scans every song of the connection.
        `SELECT * FROM song INDEXED BY song_by_uri
         WHERE connection = ? AND gone = 0 AND uri IN (SELECT value FROM json_each(?)) ORDER BY confidence, id DESC`,
      )
      .all(connection, JSON.stringify(uris));
    return new Map(rows.map((row) => [String(row.uri), heldOf(row)]));
  }

  /** The same for many ids, with rests in which other work may run. */
  byUris(connection: string, uris: readonly string[]): Promise<Map<string, HeldSong>> {
    return inPieces(uris, (some) => this.byUri(connection, some));
  }

  /** Where the service keeps the songs for catalogue ids, as it names its files; songs without a known file are missing. */
  paths(connection: string, uris: readonly string[]): Promise<Map<string, string>> {
    const statement = this.store.statement(
      `SELECT uri, json_extract(facts, '$.path') AS path FROM song INDEXED BY song_by_uri
       WHERE connection = ? AND gone = 0 AND uri IN (SELECT value FROM json_each(?)) ORDER BY confidence, id DESC`,
    );
    return inPieces(uris, (some) => {
      // The surest match comes last and counts, also when its file is unknown.
      const rows = new Map(statement.all(connection, JSON.stringify(some)).map(({ uri, path }) => [uri, path]));
      return [...rows].flatMap(([uri, path]) => (path === null ? [] : [[String(uri), String(path)] as const]));
    });
  }

  /** Catalogue ids of all songs of the service. */
  uris(connection: string): string[] {
    const rows = this.store
      .statement('SELECT DISTINCT uri FROM song WHERE connection = ? AND gone = 0 AND uri IS NOT NULL')
      .all(connection);
    return rows.map((row) => String(row.uri));
  }
}

/** What is found for many ids, with rests in which other work may run. */
async function inPieces<T>(
  uris: readonly string[],
  find: (some: readonly string[]) => Iterable<readonly [string, T]>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  const pace = new Pace();
  for (let from = 0; from < uris.length; from += URIS) {
    for (const [uri, one] of find(uris.slice(from, from + URIS))) found.set(uri, one);
    if (pace.due) await pace.rest();
  }
  return found;
}

const heldOf = (row: Record<string, unknown>): HeldSong => ({
  facts: JSON.parse(String(row.facts)) as RemoteSong,
  uri: row.uri === null ? null : String(row.uri),
  confidence: row.confidence === null ? 0 : Number(row.confidence),
  gone: row.gone === 1,
});
