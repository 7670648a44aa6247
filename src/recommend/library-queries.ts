import { SegueError } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import { MODELS, modelById } from '../models/registry.ts';
import type {
  GenresAnswer,
  LibraryAnswer,
  ModelAnswer,
  ModelsAnswer,
  OwnerAnswer,
  OwnersAnswer,
  ResolveAnswer,
  ResolvedLine,
  SearchAnswer,
  TrackAnswer,
} from './answers.ts';
import { briefTrack, trackDetails, trackLabel } from './describe.ts';
import type { Metrics } from './metrics.ts';
import type { PastedLine } from './pasted/line.ts';
import type { PastedList } from './pasted/read.ts';
import type { TrackDetails } from './request.ts';
import { parsePasted, resolveLines, resolveText } from './resolve.ts';
import { searchEverything } from './search/everything.ts';
import { ownerSummary } from './search/owner-search.ts';
import type { Checkpoint } from './situation.ts';
import type { State } from './state.ts';
import { findTrack, parseSpotify } from './track-id.ts';

/** Most tracks listed for an owner, and owners for a track. */
const MOST_ITEMS = 1000;
const MOST_OWNERS = 20;

const since = (start: number): number => Math.round((performance.now() - start) * 100) / 100;

/** Queries about the library itself: songs, playlists, models, counts. */
export class LibraryQueries {
  private readonly opened: Pick<LibraryApi, 'waitingCount'>;
  private readonly current: () => State;
  private readonly metrics: Metrics;

  constructor(library: Pick<LibraryApi, 'waitingCount'>, current: () => State, metrics: Metrics) {
    this.opened = library;
    this.current = current;
    this.metrics = metrics;
  }

  /** Songs, artists, albums and moods by text; a song by URI, link or id. */
  async search(text: string, limit: number): Promise<SearchAnswer> {
    const start = performance.now();
    this.metrics.count('searches');
    const found = await searchEverything(this.current(), text, limit);
    this.metrics.record('search', performance.now() - start);
    return { tookMs: since(start), ...found };
  }

  /** Genres by name, or the most common ones, with the number of tracks that have them. */
  genres(text: string, limit: number): GenresAnswer {
    return { genres: this.current().indexes.genres.find(text, limit) };
  }

  /** The song that a text unambiguously names. @throws SegueError UNKNOWN_TRACK with the nearest matches */
  async song(text: string): Promise<{ track: number; uri: string; label: string; match: number }> {
    const { resolved } = await resolveText(this.current(), text.replaceAll('\n', ' '), 5);
    const line = resolved[0];
    if (!line || line.track < 0) throw await this.unknownTrack(text);
    const { dataset } = this.current();
    return {
      track: line.track,
      uri: dataset.tracks.vocabulary.id(line.track),
      label: trackLabel(dataset, line.track),
      match: line.confidence,
    };
  }

  async unknownTrack(text: string): Promise<SegueError> {
    const { dataset } = this.current();
    const spotify = parseSpotify(text.trim());
    // Ids have no similar spellings to suggest.
    if (spotify)
      return new SegueError('UNKNOWN_TRACK', {
        got:
          spotify.kind === 'track'
            ? `The track ${spotify.uri} is not in the catalogue`
            : `${spotify.uri} is ${spotify.kind === 'playlist' ? 'a' : 'an'} ${spotify.kind}, not a track`,
        expected: 'a URI, link or id of a known track, or "artist - title"',
        remedy: 'Give the artist and title instead',
      });
    const near = (await this.current().trackSearch()).find(text, 5);
    const names = near.map((hit) => trackLabel(dataset, hit.track));
    return new SegueError('UNKNOWN_TRACK', {
      got: `No song in the catalogue matches "${text.slice(0, 200)}"`,
      expected: 'a URI, link or id of a known track, or "artist - title"',
      remedy: names.length > 0 ? `Closest matches: ${names.join('; ')}` : 'Try fewer or different words',
      suggestions: names,
    });
  }

  async track(id: string): Promise<TrackAnswer> {
    const { dataset } = this.current();
    const track = findTrack(dataset.tracks.vocabulary, id);
    if (track < 0)
      throw new SegueError('NOT_FOUND', {
        got: `The catalogue has no track "${id.slice(0, 200)}"`,
        expected: 'a track URI or Spotify id',
        remedy: 'Find it with GET /api/tracks?q=',
      });
    const { byTrack, owners } = dataset;
    const holders = Array.from(byTrack.idx.subarray(byTrack.ptr[track]!, byTrack.ptr[track + 1]!));
    const shown = holders.sort((a, b) => owners.followers[b]! - owners.followers[a]! || a - b).slice(0, MOST_OWNERS);
    const song = dataset.tracks.song[track]!;
    const versions: number[] = [];
    for (let t = song; t < dataset.tracks.count; t++)
      if (dataset.tracks.song[t] === song && t !== track) versions.push(t);
    return {
      ...trackDetails(dataset, track),
      playlists: holders.length,
      owners: shown.map((o) => ownerSummary(dataset, o)),
      versions: versions.slice(0, MOST_OWNERS).map((t) => briefTrack(dataset, t)),
    };
  }

  /** Songs by number; numbers outside the catalogue are skipped. */
  tracksByNumber(numbers: readonly number[]): TrackDetails[] {
    const { dataset } = this.current();
    return numbers.filter((t) => t >= 0 && t < dataset.tracks.count).map((t) => trackDetails(dataset, t));
  }

  /** Matches every line of a text or export to a song. @throws SegueError USAGE above 10,000 songs */
  async resolve(text: string, suggestions: number, checkpoint?: Checkpoint): Promise<ResolveAnswer> {
    const start = performance.now();
    const { format, title, lines: written } = this.pasted(text);
    const lines = await this.resolveLines(written, suggestions, checkpoint);
    const matched = lines.filter(({ track }) => track !== null).length;
    return { tookMs: since(start), format, title, matched, unmatched: lines.length - matched, lines };
  }

  /** Parses the songs in a text or export, for `resolveLines`. @throws SegueError USAGE above 10,000 songs */
  pasted(text: string): PastedList {
    this.metrics.count('resolved texts');
    return parsePasted(text);
  }

  /** Matches some lines of a text or export, each independently. */
  async resolveLines(
    lines: readonly PastedLine[],
    suggestions: number,
    checkpoint?: Checkpoint,
  ): Promise<ResolvedLine[]> {
    const start = performance.now();
    const { dataset } = this.current();
    const resolved = await resolveLines(this.current(), lines, suggestions, checkpoint);
    const answer = resolved.map(({ line, text: written, track, confidence, suggested, note }) => ({
      line,
      text: written,
      track: track < 0 ? null : trackDetails(dataset, track),
      confidence,
      suggestions: suggested.map((hit) => ({ ...trackDetails(dataset, hit.track), match: hit.match })),
      note,
    }));
    this.metrics.record('resolve', performance.now() - start);
    return answer;
  }

  async owners(text: string, limit: number): Promise<OwnersAnswer> {
    const start = performance.now();
    const { dataset } = this.current();
    const found = (await this.current().ownerSearch()).find(text, limit);
    return { tookMs: since(start), owners: found.map((o) => ownerSummary(dataset, o)) };
  }

  owner(id: string): OwnerAnswer {
    const { dataset } = this.current();
    const owner = dataset.owners.vocabulary.indexOf(id);
    if (owner < 0)
      throw new SegueError('NOT_FOUND', {
        got: `There is no owner "${id.slice(0, 100)}" in this library`,
        expected: "an id from the library's playlists (GET /api/owners?q= finds them by title)",
      });
    return {
      ...ownerSummary(dataset, owner),
      items: Array.from(dataset.tracksOf(owner).subarray(0, MOST_ITEMS), (t) => trackDetails(dataset, t)),
    };
  }

  /** Every model, with the data in the headers of saved ones, and figures for those that are loaded. */
  async models(): Promise<ModelsAnswer> {
    const state = this.current();
    return state.use(async () => {
      await state.models.glance();
      return { models: MODELS.map((model) => this.describeModel(state, model.id)) };
    });
  }

  async model(id: string): Promise<ModelAnswer> {
    const state = this.current();
    if (!MODELS.some((m) => m.id === id))
      throw new SegueError('NOT_FOUND', {
        got: `There is no model "${id.slice(0, 100)}"`,
        expected: `one of ${MODELS.map((m) => m.id).join(', ')}`,
      });
    return state.use(async () => {
      if (state.models.trained.includes(id)) await state.models.get(id).catch(() => null);
      return this.describeModel(state, id);
    });
  }

  private describeModel(state: State, id: string): ModelAnswer {
    const model = modelById(id);
    return {
      id,
      title: model.title,
      description: model.description,
      family: model.family,
      source: model.source,
      byDefault: model.byDefault,
      trained: state.models.trained.includes(id),
      isDefault: state.models.defaultId === id,
      unusable: model.unusable?.(state.dataset) ?? null,
      outdated: state.models.refusal(id)?.message ?? null,
      config: asJson(model.config),
      queryOptions: model.queryOptions ? asJson(model.queryOptions) : null,
      info: state.models.peek(id)?.info?.() ?? null,
    };
  }

  async library(): Promise<LibraryAnswer> {
    const { dataset } = this.current();
    const { tracks, artists, albums, genres, owners, byOwner, cleaning, provenance } = dataset;
    const { coverage, known } = this.current().indexes;
    const { persons, ...counts } = known;
    return {
      catalogueId: dataset.catalogueId,
      counts: {
        tracks: tracks.count,
        artists: artists.count,
        albums: albums.count,
        genres: genres.size,
        playlists: owners.count - persons,
        persons,
        entries: byOwner.idx.length,
        ...counts,
      },
      coverage: { ...coverage },
      waiting: await this.opened.waitingCount(),
      cleaning: { ...cleaning },
      provenance: provenance.map((p) => ({ ...p })),
    };
  }
}

/** The schema as plain JSON. */
const asJson = (schema: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
