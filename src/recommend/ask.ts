import type { TrackRow } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { type ModelQuery, modelQuery } from '../models/model.ts';
import { addBan } from './bans.ts';
import { allowedByBoth, allowedTracks } from './filters.ts';
import { historyWeights, type Played } from './history.ts';
import type { RecommendRequest } from './request.ts';
import type { ExactSongs } from './search/exact-songs.ts';
import type { Situation } from './situation.ts';
import type { State } from './state.ts';
import { canonicalTrackId, findTrack, parseSpotify } from './track-id.ts';
import type { FreeText } from './words/free-text.ts';

/** A request resolved to catalogue numbers, along with the parts that the catalogue lacks. */
export interface Asked {
  query: ModelQuery;
  /** Unknown seeds, as written. */
  unknown: string[];
  /** Rows for unknown tracks, to be kept until the next training. */
  waiting: TrackRow[];
  /** Tracks whose songs must not come back in any version: seeds and bans. */
  known: number[];
  /** Keys of further such songs; see `SongFamilies.keysOf`. */
  knownKeys: ReadonlySet<string>;
  /** True when some seed is liked, or there is a title. */
  hasEvidence: boolean;
}

type Seed = NonNullable<RecommendRequest['seeds']>[number];

/**
 * Resolves songs, owner, history, bans and filters of a request to track numbers.
 * @param songs finds a song by its names when its id is unknown; null = ids only
 * @param situation what the caller knows besides the request
 * @param text how the words of the request were understood
 * @throws SegueError NOT_FOUND for an unknown owner
 */
export function ask(
  state: State,
  request: RecommendRequest,
  songs: ExactSongs | null,
  situation: Situation = {},
  text: FreeText | null = null,
): Asked {
  const { dataset } = state;
  const { vocabulary } = dataset.tracks;
  const weights = new Map<number, number>();
  if (request.owner !== undefined) addOwner(state, request.owner, weights);
  const unknown: string[] = [];
  const waiting: TrackRow[] = [];
  if (request.history) addHistory(state, request.history, weights, unknown);
  for (const seed of request.seeds ?? []) {
    let track = findTrack(vocabulary, seed.track);
    if (track < 0 && seed.name && songs) track = songs.find(seed.artists?.join(' ') ?? '', seed.name)?.track ?? -1;
    if (track >= 0) weights.set(track, seed.weight ?? 1);
    else {
      unknown.push(seed.track);
      const row = waitingRow(seed);
      if (row) waiting.push(row);
    }
  }
  const further = situation.known?.(state);
  const exclude = new Set<number>();
  const bannedArtists = new Set<number>();
  for (const entry of request.exclude ?? []) addBan(state, entry, exclude, bannedArtists);
  for (const track of text?.seeds ?? []) if (!weights.has(track)) weights.set(track, 1);
  // Weight 0 means neither more nor less of it: the song is known, but no evidence.
  const seeds = [...weights].filter(([, weight]) => weight !== 0);
  for (const [track, weight] of weights) if (weight === 0) exclude.add(track);
  const ownBans = [...exclude];
  for (const track of further?.tracks ?? []) exclude.add(track);
  const title = [request.title?.trim() ?? '', text?.title ?? ''].filter((words) => words !== '').join(' ');
  const query = modelQuery({
    seeds: seeds.map(([track]) => track),
    weights: seeds.map(([, weight]) => weight),
    title,
    // Songs of an artist that the words compare with are not an ordered list.
    ordered: (request.ordered ?? true) && !text?.seeds.length,
    exclude,
    allowed: allowedByBoth(
      allowedTracks(dataset, request.filters, bannedArtists, state.indexes.named),
      allowedByBoth(text?.allowed ?? null, situation.within?.(state) ?? null),
    ),
    options: request.options ?? {},
  });
  return {
    query,
    unknown,
    waiting,
    known: [...weights.keys(), ...ownBans],
    knownKeys: further?.keys ?? new Set(),
    hasEvidence: title !== '' || seeds.some(([, weight]) => weight > 0),
  };
}

/** A playlist's tracks as they are; a person's as a history of counts and times. */
function addOwner(state: State, id: string, weights: Map<number, number>): void {
  const { dataset } = state;
  const owner = dataset.owners.vocabulary.indexOf(id.trim());
  if (owner < 0)
    throw new SegueError('NOT_FOUND', {
      got: `There is no owner "${id.slice(0, 100)}" in this library`,
      expected:
        dataset.owners.count > 0
          ? `an id such as ${dataset.owners.vocabulary.id(0)}`
          : 'nothing: this library has no owners',
      remedy: 'Find ids by title in the app, or with GET /api/owners?q=',
    });
  const tracks = dataset.tracksOf(owner);
  if (dataset.owners.kind[owner] === 0) {
    for (const track of tracks) weights.set(track, 1);
    return;
  }
  const start = dataset.byOwner.ptr[owner]!;
  const history: Played[] = Array.from(tracks, (track, i) => ({
    track,
    count: dataset.byOwner.values ? dataset.byOwner.values[start + i]! : 1,
    at: dataset.times ? dataset.times[start + i]! : Number.NaN,
  }));
  const weighed = historyWeights(history);
  weighed.tracks.forEach((track, i) => {
    weights.set(track, weighed.weights[i]!);
  });
}

function addHistory(
  state: State,
  history: NonNullable<RecommendRequest['history']>,
  weights: Map<number, number>,
  unknown: string[],
): void {
  const played: Played[] = [];
  for (const entry of history) {
    const track = findTrack(state.dataset.tracks.vocabulary, entry.track);
    if (track < 0) unknown.push(entry.track);
    else played.push({ track, count: entry.count ?? 1, at: entry.at ?? Number.NaN, liked: entry.liked });
  }
  const weighed = historyWeights(played);
  weighed.tracks.forEach((track, i) => {
    weights.set(track, weighed.weights[i]!);
  });
  // A song that was only skipped (count 0) is known nevertheless.
  for (const { track } of played) if (!weights.has(track)) weights.set(track, 0);
}

/** A row to keep for a track that the catalogue lacks, if it has an id, or a name and an artist. */
function waitingRow(seed: Seed): TrackRow | null {
  const uri = canonicalTrackId(seed.track);
  const isId = parseSpotify(uri)?.kind === 'track';
  const isNamed = seed.name !== undefined && seed.artists !== undefined && seed.artists.length > 0;
  if (!isId && !(isNamed && /^[\w-]+:/.test(uri))) return null;
  return {
    uri,
    name: seed.name,
    artists: seed.artists?.map((name) => ({ name })),
    album: seed.album === undefined ? undefined : { name: seed.album },
  };
}
