import type { Within } from '../../listeners/personal/personal-list.ts';
import { artistsNamed } from '../../recommend/artists-named.ts';
import { artistNames } from '../../recommend/describe.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { RecommendRequest } from '../../recommend/request.ts';
import type { Checkpoint } from '../../recommend/situation.ts';
import { mostAlike, type SonicMatch, sonicPath } from '../../recommend/sonic.ts';
import type { State } from '../../recommend/state.ts';
import type { SongMatcher } from '../matching.ts';
import type { NamedSong } from '../records.ts';
import type { HeldSong, HeldSongs } from '../songs.ts';
import type { ConnectionStore } from '../store.ts';
import type { Scope, Scopes } from './scope.ts';

/** A song as a server asks for it: its own id, names, or both. */
export interface AskedSong {
  readonly id?: string;
  readonly name?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly mbid?: string;
  readonly isrc?: string;
}

/** A song as a server is answered. */
export interface BrainSong {
  readonly uri: string;
  readonly name: string;
  readonly artists: readonly string[];
  /** The server's own song, if Segue knows its songs. */
  readonly held: HeldSong | null;
  /** 0–1; −1 = unknown */
  readonly similarity: number;
}

/** What a request is answered from. */
export interface Asker {
  /** The listener whose bans apply; null if the server does not name the user and no default is set. */
  readonly listener: string | null;
  /** The connection to the server that asks, when there is one. */
  readonly connection: string | null;
}

/** Songs of an album or artist that a mix starts from. */
const MOST_SEEDS = 20;
/** Up to this many tracks are compared one by one; in larger catalogues, those that the model recommends. */
const MOST_COMPARED = 50_000;
const SHORTLIST = 500;
/** Models that know songs by their content, for songs that are in no playlist. */
const BY_CONTENT = ['balanced', 'genre-first'];

export interface BrainParts {
  readonly engine: Engine;
  readonly store: ConnectionStore;
  readonly held: HeldSongs;
  readonly matcher: SongMatcher;
  readonly scopes: Scopes;
  /** Ids of songs and artists that a listener never wants. */
  readonly bans: (listener: string) => Promise<readonly string[]>;
  /** Passed now and then by what takes long. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** Answers music servers from Segue's models, with songs that the server has, never the same song twice. */
export class Brain {
  protected readonly parts: BrainParts;

  constructor(parts: BrainParts) {
    this.parts = parts;
  }

  /** Who asks with this token: its listener, and the listener's music server, by a song id of that server if one is given. */
  asker(listener: string | null, songId?: string): Asker {
    const found = songId === undefined ? null : this.parts.held.find(songId);
    const own = this.parts.store.list().filter((c) => listener === null || c.listener === listener);
    const holding = own.find((c) => this.parts.held.any(c.id));
    return { listener, connection: found?.connection ?? holding?.id ?? null };
  }

  /** Songs that fit a song: the model's recommendations, filled up by content where the model knows too little. */
  async similarSongs(seeds: readonly AskedSong[], count: number, asker: Asker): Promise<BrainSong[]> {
    const { engine } = this.parts;
    const tracks = await this.tracksOf(seeds, asker);
    if (tracks.length === 0 || count < 1) return [];
    const within = this.within(asker);
    const request = {
      seeds: tracks.map((track) => ({ track })),
      ordered: false,
      n: Math.min(500, count),
      perArtist: Math.min(15, Math.max(2, Math.ceil(count / 8))),
      exclude: await this.bans(asker.listener),
    };
    const { checkpoint } = this.parts;
    const answer = await engine.recommend(request, { within, checkpoint });
    const found = answer.fallback ? [] : [...answer.tracks];
    const trained = engine.health().models.trained;
    for (const model of BY_CONTENT) {
      if (found.length >= request.n || !trained.includes(model)) continue;
      const exclude = [...request.exclude, ...found.map((track) => track.uri)].slice(0, 10_000);
      const more = await engine.recommend(
        { ...request, n: request.n - found.length, exclude, model },
        { within, checkpoint },
      );
      if (!more.fallback) found.push(...more.tracks);
    }
    const best = found[0]?.score ?? 0;
    return this.songs(
      found.map(({ uri, name, artists, score }) => ({
        uri,
        name,
        artists,
        similarity: best > 0 ? Math.max(0, Math.min(1, score / best)) : -1,
      })),
      asker,
    );
  }

  /** The songs of the asking server, as a part of the catalogue; undefined = the whole catalogue. */
  partOf({ connection }: Asker): Within | undefined {
    return connection === null ? undefined : this.parts.scopes.part(connection);
  }

  /** Songs of a list, as the asker's server knows them. */
  asHeld(songs: readonly { uri: string; name: string; artists: readonly string[] }[], asker: Asker): BrainSong[] {
    return this.songs(
      songs.map(({ uri, name, artists }) => ({ uri, name, artists, similarity: -1 })),
      asker,
    );
  }

  /** Songs for a person's history that are not in it. */
  async forHistory(
    history: NonNullable<RecommendRequest['history']>,
    count: number,
    asker: Asker,
  ): Promise<BrainSong[]> {
    const exclude = await this.bans(asker.listener);
    const answer = await this.parts.engine.recommend(
      { history: history.slice(0, 10_000), ordered: false, n: count, perArtist: 3, exclude },
      { within: this.within(asker), checkpoint: this.parts.checkpoint },
    );
    return this.asHeld(answer.tracks, asker);
  }

  /** Songs that sound alike. */
  sonicSimilar(seed: AskedSong, count: number, asker: Asker): Promise<BrainSong[]> {
    const state = this.parts.engine.current;
    return state.use(() => this.sonicSimilarFrom(state, seed, count, asker));
  }

  private async sonicSimilarFrom(state: State, seed: AskedSong, count: number, asker: Asker): Promise<BrainSong[]> {
    const [uri] = await this.tracksOf([seed], asker);
    const track = uri === undefined ? -1 : state.dataset.tracks.vocabulary.indexOf(uri);
    if (track < 0) return [];
    const among = await this.among(state, [uri!], asker);
    return this.described(
      state,
      mostAlike(track, among, count, await state.soundSimilarity(), state.dataset.tracks.song),
      asker,
    );
  }

  /** A way from one song to another. */
  path(start: AskedSong, end: AskedSong, count: number, asker: Asker): Promise<BrainSong[]> {
    const state = this.parts.engine.current;
    return state.use(() => this.pathFrom(state, start, end, count, asker));
  }

  private async pathFrom(
    state: State,
    start: AskedSong,
    end: AskedSong,
    count: number,
    asker: Asker,
  ): Promise<BrainSong[]> {
    const uris = await Promise.all([start, end].map(async (song) => (await this.tracksOf([song], asker))[0]));
    const [from, to] = uris.map((uri) => (uri === undefined ? -1 : state.dataset.tracks.vocabulary.indexOf(uri)));
    if (from === undefined || to === undefined || from < 0 || to < 0) return [];
    const among = await this.among(state, [uris[0]!, uris[1]!], asker);
    const path = sonicPath(
      from,
      to,
      among,
      Math.max(2, count),
      await state.soundSimilarity(),
      state.dataset.tracks.song,
    );
    return this.described(state, path, asker);
  }

  /** The best known songs of an artist, by the library's playlists. */
  async topSongs(artist: { name?: string; id?: string }, count: number, asker: Asker): Promise<BrainSong[]> {
    const state = this.parts.engine.current;
    const { tracks } = state.dataset;
    const scope = this.scope(state, asker);
    const numbers = new Set<number>();
    if (artist.id !== undefined && asker.connection !== null)
      for (const song of this.parts.held.ofArtistOrAlbum(asker.connection, artist.id))
        if (song.uri !== null && tracks.vocabulary.indexOf(song.uri) >= 0)
          numbers.add(tracks.vocabulary.indexOf(song.uri));
    if (numbers.size === 0 && artist.name !== undefined) {
      const wanted = new Set(artistsNamed(state.dataset, artist.name));
      const { ptr, idx } = tracks.artists;
      for (let t = 0; wanted.size > 0 && t < tracks.count; t++)
        for (let e = ptr[t]!; e < ptr[t + 1]!; e++) if (wanted.has(idx[e]!)) numbers.add(t);
    }
    const known = state.popularityScore;
    const met = new Set<number>();
    const best = [...numbers]
      .filter((track) => !scope || scope.mask[track] === 1)
      .sort((a, b) => known[b]! - known[a]! || a - b)
      .filter((track) => !met.has(tracks.song[track]!) && met.add(tracks.song[track]!));
    return this.described(
      state,
      best.slice(0, count).map((track) => ({ track, similarity: -1 })),
      asker,
    );
  }

  /** Artists of the songs that fit an artist's. */
  async similarArtists(
    artist: { name?: string; id?: string },
    count: number,
    asker: Asker,
  ): Promise<{ id?: string; name: string }[]> {
    const seeds = await this.topSongs(artist, MOST_SEEDS, asker);
    const songs = await this.similarSongs(
      seeds.map((song) => ({ id: song.held?.facts.id, name: song.name, artist: song.artists[0] })),
      200,
      asker,
    );
    const own = new Set(seeds.flatMap((song) => song.artists));
    const artists = new Map<string, { id?: string; name: string }>();
    for (const song of songs) {
      const there = song.held?.facts.artists[0];
      const name = there?.name ?? song.artists[0];
      if (name === undefined || own.has(name) || artists.has(name)) continue;
      artists.set(name, { name, ...(there?.id !== undefined && { id: there.id }) });
    }
    return [...artists.values()].slice(0, count);
  }

  /** Catalogue ids of the requested item, by the server's id of a song, album or artist, otherwise by names. */
  private async tracksOf(asked: readonly AskedSong[], { connection }: Asker): Promise<string[]> {
    const { held, matcher } = this.parts;
    const uris: string[] = [];
    const byName: NamedSong[] = [];
    for (const song of asked) {
      const there =
        song.id === undefined ? null : connection === null ? held.find(song.id)?.song : held.get(connection, song.id);
      if (there?.uri) uris.push(there.uri);
      else {
        const members = song.id === undefined || connection === null ? [] : held.ofArtistOrAlbum(connection, song.id);
        const found = members.flatMap(({ uri }) => uri ?? []).slice(0, MOST_SEEDS);
        if (found.length > 0) uris.push(...found);
        else if (song.name !== undefined)
          byName.push({
            title: song.name,
            artist: song.artist ?? '',
            album: song.album,
            mbid: song.mbid,
            isrc: song.isrc,
          });
      }
    }
    if (byName.length > 0) for (const match of await matcher.match(byName)) if (match) uris.push(match.uri);
    return [...new Set(uris)];
  }

  private scope(state: State, { connection }: Asker): Scope | null {
    return connection === null ? null : this.parts.scopes.of(connection, state);
  }

  private within(asker: Asker): ((state: State) => Uint8Array) | undefined {
    return this.partOf(asker)?.mask;
  }

  /** The tracks to compare: the server's, or in a large catalogue those that the model recommends for the songs. */
  private async among(state: State, uris: readonly string[], asker: Asker): Promise<Int32Array> {
    const scope = this.scope(state, asker);
    if (scope && scope.tracks.length <= MOST_COMPARED) return scope.tracks;
    if (!scope && state.dataset.tracks.count <= MOST_COMPARED) return Int32Array.from(state.dataset.tracks.song.keys());
    const near = await Promise.all(
      uris.map((track) =>
        this.parts.engine.recommend(
          { seeds: [{ track }], n: SHORTLIST },
          { within: this.within(asker), checkpoint: this.parts.checkpoint },
        ),
      ),
    );
    const numbers = near.flatMap((answer) =>
      answer.tracks.map((track) => state.dataset.tracks.vocabulary.indexOf(track.uri)),
    );
    return Int32Array.from(new Set(numbers.filter((track) => track >= 0)));
  }

  protected async bans(listener: string | null): Promise<string[]> {
    return listener === null ? [] : [...(await this.parts.bans(listener))];
  }

  private described(state: State, matches: readonly SonicMatch[], asker: Asker): BrainSong[] {
    const { dataset } = state;
    return this.songs(
      matches.map(({ track, similarity }) => ({
        uri: dataset.tracks.vocabulary.id(track),
        name: dataset.tracks.names.get(track),
        artists: artistNames(dataset, track),
        similarity,
      })),
      asker,
    );
  }

  private songs(found: readonly Omit<BrainSong, 'held'>[], { connection }: Asker): BrainSong[] {
    if (connection === null) return found.map((song) => ({ ...song, held: null }));
    const there = this.parts.held.byUri(
      connection,
      found.map((song) => song.uri),
    );
    return found.flatMap((song) => {
      const held = there.get(song.uri);
      return held ? [{ ...song, held }] : [];
    });
  }
}
