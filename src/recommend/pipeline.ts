import type { Dataset } from '../dataset/dataset.ts';
import type { Fitted, ModelQuery, ScoredTracks } from '../models/model.ts';
import type { Asked } from './ask.ts';
import type { Metrics } from './metrics.ts';
import { adventurePool, withEveryStyle } from './pool.ts';
import type { RecommendRequest } from './request.ts';
import { withSecondHop } from './second-hop.ts';
import type { Checkpoint } from './situation.ts';
import { ADVENTURE_POOL, adventurous, adventurousEnough } from './steps/adventure.ts';
import { balanced } from './steps/balance.ts';
import { type Candidate, toCandidates } from './steps/candidate.ts';
import { diversified } from './steps/diversity.ts';
import { limited } from './steps/limits.ts';
import { ordered } from './steps/order.ts';
import { fillSections, sectionsInTurn } from './steps/sections.ts';
import type { Similarity } from './steps/similarity.ts';
import { type Styles, stylesOf } from './steps/styles.ts';
import { oneVersion } from './steps/versions.ts';
import { type Rest, withRest } from './with-rest.ts';

export interface PipelineParts {
  dataset: Dataset;
  fitted: Fitted;
  /** Queries a model, or repeats a recent answer. */
  recommend: (fitted: Fitted, query: ModelQuery, n: number) => ScoredTracks;
  /** Fills styles with too few songs in the answer. */
  filler: Fitted;
  asked: Asked;
  request: RecommendRequest;
  n: number;
  popularityScore: () => Float32Array;
  /** Keys that identify versions of a song. */
  keysOf: (track: number) => readonly string[];
  /** Maximum tracks per artist; undefined = no limit. */
  perArtist: number | undefined;
  /** Completes a list that the model leaves short; null = it stays short. */
  rest: Rest | null;
  /** Required when diversity is requested. */
  similarity: Similarity | null;
  metrics: Metrics;
  checkpoint?: Checkpoint | undefined;
}

export interface PipelineAnswer {
  list: Candidate[];
  sections: ScoredTracks['sections'];
  /** Number of candidates before the steps. */
  candidates: number;
  /** Tracks of the list for which the model had no evidence. */
  added: ReadonlySet<number>;
}

/** Factor by which more candidates are requested when the steps left fewer than n. */
const MORE = 4;
const ROUNDS = 3;

/** Number of candidates to request: the more the dials remove or reorder, the more. */
function wanted({ request, n, perArtist }: PipelineParts): number {
  let k = Math.ceil(n * 1.25) + 20;
  if (request.diversity) k = Math.max(k, n * 3 + 100);
  if (perArtist !== undefined || request.perAlbum !== undefined || request.balance) k = Math.max(k, n * 4 + 100);
  // Versions are removed before the pool is used.
  if (request.adventure) k = Math.max(k, Math.ceil(ADVENTURE_POOL * 1.5));
  return k;
}

/** Passes the model's candidates through every step, one file each, down to a list of at most n. */
export function runPipeline(parts: PipelineParts): PipelineAnswer {
  const { dataset, fitted, asked, request, n, metrics, rest } = parts;
  const styles = request.balance ? stylesOf(dataset, asked.query.seeds, asked.query.weights) : null;
  // Adventure is measured against the list without it, as the same person would see it.
  const plain = request.adventure ? runPipeline({ ...parts, request: { ...request, adventure: 0 } }).list : null;
  const askModel = (query: ModelQuery, count: number): ScoredTracks => parts.recommend(fitted, query, count);
  let k = Math.min(dataset.tracks.count, wanted(parts));
  for (let round = 1; ; round++) {
    parts.checkpoint?.();
    const own = metrics.time(`candidates ${fitted.modelId}`, () =>
      withSecondHop(askModel, asked.query, askModel(asked.query, k), Math.min(k, ADVENTURE_POOL)),
    );
    const answer = rest ? metrics.time('rest', () => withRest(dataset, asked.query, own, k, rest)) : own;
    parts.checkpoint?.();
    const list = selectFrom(parts, answer, styles, plain);
    const exhausted = answer.tracks.length < k || k >= dataset.tracks.count;
    if (list.length >= n || exhausted || round === ROUNDS) {
      const arranged = metrics.time('order', () => ordered(list, dataset, request.order ?? 'score'));
      const added = answer.tracks.subarray(own.tracks.length);
      return {
        list: arranged,
        sections: headed(parts, answer.sections, list),
        candidates: own.tracks.length,
        added: new Set(added.filter((track) => arranged.some((entry) => entry.track === track))),
      };
    }
    k = Math.min(dataset.tracks.count, k * MORE);
  }
}

/** Gives sections headings that fit the songs kept in each. */
function headed(
  { fitted, asked }: PipelineParts,
  sections: ScoredTracks['sections'],
  list: readonly Candidate[],
): ScoredTracks['sections'] {
  if (!sections || !fitted.nameSections) return sections;
  const kept = sections.map((_, s) => list.filter(({ section }) => section === s).map(({ track }) => track));
  const labels = fitted.nameSections(asked.query, kept);
  return sections.map((section, s) => ({ ...section, label: labels[s]! }));
}

/** @param plain the list without adventure, where adventure is requested */
function selectFrom(
  parts: PipelineParts,
  answer: ScoredTracks,
  styles: Styles | null,
  plain: readonly Candidate[] | null,
): Candidate[] {
  const { dataset, metrics, request } = parts;
  const shares = answer.sections?.map((s) => s.share) ?? null;
  const balance = request.balance ?? 0;
  // An answer in sections has its own balance.
  const apart = styles && !shares && styles.list.length > 1 ? styles : null;
  const all = toCandidates(answer);
  if (!plain) {
    const pool = apart ? metrics.time('styles', () => withEveryStyle(parts, all, apart)) : all;
    return chosenFrom(parts, pool, shares, apart, balance);
  }
  const known = parts.popularityScore();
  const pool = metrics.time('adventure', () => adventurePool(parts, all, plain, apart, known));
  const listAt = (weight: number, without: ReadonlySet<number>): Candidate[] => {
    const from = pool.filter(({ track }) => !without.has(track));
    // Matching the styles' proportions in full would leave some styles only their most popular songs.
    return chosenFrom(parts, adventurous(from, weight, known), shares, apart, balance * (1 - weight / 2));
  };
  const owned = dataset.owners.count > 0;
  return adventurousEnough(request.adventure!, plain, listAt, (t) => (owned ? dataset.ownersOf(t) : known[t]!));
}

/** Passes the pool through the steps that thin and spread it, to at most n. */
function chosenFrom(
  parts: PipelineParts,
  pool: Candidate[],
  shares: readonly number[] | null,
  styles: Styles | null,
  balance: number,
): Candidate[] {
  const { dataset, asked, request, n, metrics, similarity } = parts;
  const diversity = request.diversity ?? 0;
  // When no later step removes or moves anything, the list is final.
  const isPlain =
    !styles && !shares && diversity === 0 && parts.perArtist === undefined && request.perAlbum === undefined;
  const most = isPlain ? n : Number.POSITIVE_INFINITY;
  let list = metrics.time('versions', () => oneVersion(pool, parts.keysOf, asked.known, asked.knownKeys, most));
  list = metrics.time('limits', () => limited(list, dataset, parts.perArtist, request.perAlbum));
  if (styles)
    list = metrics.time('balance', () => {
      const kept = diversity > 0 ? n * 3 : n;
      const fair = styles.list.map(({ share }) => share);
      return balanced(list, styles.styleOf, fair, balance, kept);
    });
  else if (shares && balance > 0)
    list = metrics.time('balance', () => sectionsInTurn(list, shares, balance, list.length));
  if (diversity > 0 && similarity) {
    // Sections keep their shares: the pool is cut by section before it is spread.
    const spread = shares ? fillSections(list, shares, Math.max(n, n * 2)) : list;
    list = metrics.time('diversity', () => diversified(spread, shares ? spread.length : n, diversity, similarity));
  }
  return fillSections(list, shares, n);
}
