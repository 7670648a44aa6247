import type { Dataset } from '../dataset/dataset.ts';
import type { Fitted, ScoredTracks } from '../models/model.ts';
import type { Asked } from './ask.ts';
import type { Metrics } from './metrics.ts';
import type { RecommendRequest } from './request.ts';
import { adventurous } from './steps/adventure.ts';
import { type Candidate, toCandidates } from './steps/candidate.ts';
import { diversified } from './steps/diversity.ts';
import { limited } from './steps/limits.ts';
import { ordered } from './steps/order.ts';
import { fillSections } from './steps/sections.ts';
import type { Similarity } from './steps/similarity.ts';
import { oneVersion } from './steps/versions.ts';

export interface PipelineParts {
  dataset: Dataset;
  fitted: Fitted;
  asked: Asked;
  request: RecommendRequest;
  n: number;
  popularityScore: () => Float32Array;
  /** Needed when diversity is asked for. */
  similarity: Similarity | null;
  metrics: Metrics;
}

export interface PipelineAnswer {
  list: Candidate[];
  sections: ScoredTracks['sections'];
  /** What the model gave before the steps. */
  candidates: number;
}

/** How many times more are asked of the model when the steps left fewer than n. */
const MORE = 4;
const ROUNDS = 3;

/** Candidates to ask for: the more the dials take away or reorder, the more. */
function wanted(request: RecommendRequest, n: number): number {
  let k = Math.ceil(n * 1.25) + 20;
  if (request.diversity) k = Math.max(k, n * 3 + 100);
  if (request.perArtist !== undefined || request.perAlbum !== undefined) k = Math.max(k, n * 4 + 100);
  if (request.adventure) k = Math.max(k, n * 6 + 200);
  return k;
}

/** Candidates of the model through every step, one file each, to the list of at most n. */
export function runPipeline(parts: PipelineParts): PipelineAnswer {
  const { dataset, fitted, asked, request, n, metrics } = parts;
  let k = Math.min(dataset.tracks.count, wanted(request, n));
  for (let round = 1; ; round++) {
    const answer = metrics.time(`candidates ${fitted.modelId}`, () => fitted.recommend(asked.query, k));
    const list = selectFrom(parts, answer);
    const exhausted = answer.tracks.length < k || k >= dataset.tracks.count;
    if (list.length >= n || exhausted || round === ROUNDS) {
      const arranged = metrics.time('order', () => ordered(list, dataset, request.order ?? 'score'));
      return { list: arranged, sections: answer.sections, candidates: answer.tracks.length };
    }
    k = Math.min(dataset.tracks.count, k * MORE);
  }
}

function selectFrom(parts: PipelineParts, answer: ScoredTracks): Candidate[] {
  const { dataset, asked, request, n, metrics } = parts;
  const shares = answer.sections?.map((s) => s.share) ?? null;
  const adventure = request.adventure ?? 0;
  const diversity = request.diversity ?? 0;
  let list = toCandidates(answer);
  list = metrics.time('versions', () => oneVersion(list, dataset.tracks.song, asked.known));
  if (adventure > 0) list = metrics.time('adventure', () => adventurous(list, adventure, parts.popularityScore()));
  list = metrics.time('limits', () => limited(list, dataset, request.perArtist, request.perAlbum));
  const { similarity } = parts;
  if (diversity > 0 && similarity) {
    // Sections keep their shares: the pool is cut by section before it is spread.
    const pool = shares ? fillSections(list, shares, Math.max(n, n * 2)) : list;
    list = metrics.time('diversity', () => diversified(pool, shares ? pool.length : n, diversity, similarity));
  }
  return fillSections(list, shares, n);
}
