import type { Dataset } from '../../dataset/dataset.ts';
import { TopK } from '../../math/topk.ts';
import type { Artifact } from '../artifact.ts';
import type { Derived } from '../derived.ts';
import { type Fitted, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import type { TreeEnsemble } from '../ranker/ensemble.ts';
import { rankScores } from '../ranking.ts';
import type { TitleEncoder } from '../title-encoder/encoder.ts';
import { type BaseModels, disposeBaseModels, saveBaseModels } from './base-models.ts';
import { type Bounds, saveBounds } from './bounds.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { AT, COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { currentEvidence, type Evidence, KeptEvidence } from './evidence.ts';
import { explainHybrid } from './explain.ts';
import { Features } from './features.ts';
import { type OwnerRows, saveColdRows, saveOwnerIndexes } from './owner-indexes.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, type Retriever, SLOT, STRIDE } from './retrievers.ts';
import { saveTitleTrees } from './saved-trees.ts';
import { saveSpectralTitles } from './title-maps.ts';
import { TitlePlaces } from './title-places.ts';
import { combine, type Order } from './validation.ts';

export const HYBRID_VERSION = 13;

export interface Learned {
  readonly ensemble: TreeEnsemble;
  /** Trees for titles alone; null where `ensemble` ranks these, too: too few titles, or the model was saved before such trees existed. */
  readonly titleTrees: TreeEnsemble | null;
  readonly order: Order;
  readonly figures: Record<string, unknown>;
  readonly baseModels: BaseModels;
  /**
   * Maps titles to the space of the base model `spectral`, where the base models have no title maps: the model has no trees for titles alone, or was
   * saved before version 13.
   */
  readonly titles: TitleEncoder | null;
}

/**
 * Number of earlier answers whose evidence is kept, so that their reasons need no second retrieval: one request runs a query for each style of its
 * seeds and only then explains them, and moving a slider repeats earlier queries. Each takes a megabyte in every answering thread.
 */
const KEPT = 4;

/** Added to the ranker's score of the best candidate of each artist. */
const FIRST_OF_ARTIST = 0.03;

/** Weight of each base model's relative score for a title alone, added to the trees' sum and in its unit. */
const POINT_WEIGHT = 1;

/** Weights of the retrievers' relative scores when no ranker was learned. */
const FUSION: Partial<Record<Retriever, number>> = { blend: 1, tracks: 0.3, artists: 0.3, spread: 0.15, title: 0.2 };

/**
 * Gathers candidates, computes their features and ranks them. A score is e to the power of the trees' sum; 0 for tracks that no retriever proposes.
 * Holds scratch: serves one query at a time.
 */
export class FittedHybrid implements Fitted {
  readonly modelId = 'hybrid';
  private readonly dataset: Dataset;
  private readonly config: HybridConfig;
  private readonly learned: Learned | null;
  private readonly openContent: (() => Fitted) | null;
  private opened: Fitted | null = null;
  private readonly bounds: Bounds;
  private readonly features: Features;
  /** For models whose base models have no title maps. */
  private readonly places: TitlePlaces | null;
  private predicted = new Float32Array(0);
  /** The query whose scores the scratch holds, because reasons are requested one track at a time. */
  private last: ModelQuery | null = null;
  /** Evidence of earlier answers, latest first. */
  private readonly kept: KeptEvidence[] = [];
  /** The largest n requested for each query: reasons describe no more candidates than its answer did. */
  private readonly asked = new WeakMap<ModelQuery, number>();

  constructor(
    dataset: Dataset,
    catalogue: HybridCatalogue,
    config: HybridConfig,
    learned: Learned | null,
    content: (() => Fitted) | null,
    bounds: Bounds,
    indexes?: OwnerRows,
    derived?: Derived,
  ) {
    this.dataset = dataset;
    this.config = config;
    this.learned = learned;
    this.openContent = content;
    this.bounds = bounds;
    const retrieved = new RetrieverScores(dataset, catalogue, learned?.baseModels ?? null, bounds, indexes, derived);
    this.features = new Features(retrieved, derived);
    this.places = learned?.titles
      ? new TitlePlaces(learned.titles, learned.baseModels.spectral, this.features.candidates.tracks.length)
      : null;
  }

  /** Fallback for queries about which no owner says anything; such queries are rare, so it is opened on first use. */
  private get content(): Fitted | null {
    this.opened ??= this.openContent?.() ?? null;
    return this.opened;
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    if (!this.learned) {
      const scores = new Float32Array(this.dataset.tracks.count);
      this.score(query, scores);
      return rankScores(scores, query, n);
    }
    this.asked.set(query, Math.max(n, this.asked.get(query) ?? 0));
    const count = this.rank(query, barredBy(query), n);
    if (count === 0) return this.content?.recommend(query, n) ?? NOTHING;
    const top = new TopK(Math.min(n, count));
    const { tracks } = this.features.candidates;
    for (let i = 0; i < count; i++) top.push(tracks[i]!, this.predicted[i]!);
    const best = top.drain();
    return { tracks: best.items, scores: best.scores };
  }

  score(query: ModelQuery, out: Float32Array): void {
    if (this.learned) {
      const free = { ...query, allowed: null };
      const seeds = this.seedScores(free);
      const count = this.rank(free, new Set(query.seeds));
      if (count > 0) {
        out.fill(0);
        for (let i = 0; i < count; i++) out[this.features.candidates.tracks[i]!] = this.predicted[i]!;
        for (const [track, score] of seeds) out[track] = score;
        return;
      }
    } else if (this.fuse(query, out)) return;
    if (this.content) this.content.score(query, out);
    else out.fill(0);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    return this.explainList(query, [track])[0]!;
  }

  explainList(query: ModelQuery, tracks: readonly number[], most = Number.POSITIVE_INFINITY): Reason[][] {
    const { retrieved } = this.features;
    const all = explainHybrid(retrieved, this.evidenceFor(query), this.treesFor(query), query, tracks, most);
    return all.map((reasons, i) => (reasons.length > 0 ? reasons : (this.content?.explain?.(query, tracks[i]!) ?? [])));
  }

  private evidenceFor(query: ModelQuery): Evidence {
    const kept = this.kept.find((one) => one.isOf(query));
    if (kept) return kept;
    if (this.last !== query) {
      const n = this.asked.get(query);
      if (n === undefined) this.build(query, new Set(query.seeds));
      else this.build(query, barredBy(query), n);
    }
    return currentEvidence(this.features);
  }

  /** Builds candidates and features, after saving the evidence of the previous answer. @returns number of candidates */
  private build(query: ModelQuery, barred: ReadonlySet<number>, n?: number): number {
    const { last, kept } = this;
    for (const one of kept) if (one.isOf(query)) one.drop();
    if (last && !last.unexplained && last !== query && this.asked.has(last) && !kept.some((one) => one.isOf(last))) {
      // Reuse the large arrays of a released entry, or of the oldest one.
      const spare = kept.findIndex((one) => one.isFree);
      const [taken = new KeptEvidence()] = kept.splice(spare < 0 ? KEPT - 1 : spare, 1);
      taken.take(last, this.features);
      kept.unshift(taken);
    }
    this.last = null;
    const count = this.features.build(query, barred, n);
    this.last = query;
    return count;
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track], ordered: false }), n);
  }

  info(): Record<string, unknown> {
    return {
      ranking: this.learned
        ? `${this.learned.ensemble.trees} trees over ${this.learned.ensemble.columns} features`
        : `fixed weights: fewer than ${this.config.leastOwners} owners`,
      retrievers: [...RETRIEVERS],
      ...this.learned?.figures,
    };
  }

  dispose(): void {
    this.features.dispose();
    this.places?.dispose();
    this.learned?.ensemble.dispose();
    this.learned?.titleTrees?.dispose();
    if (this.learned) disposeBaseModels(this.learned.baseModels);
    this.opened?.dispose?.();
  }

  toArtifact(): Artifact {
    const content = this.content?.toArtifact();
    const baseModels = this.learned && saveBaseModels(this.learned.baseModels);
    const { catalogue, indexes, baseScores } = this.features.retrieved;
    const saved = this.learned && saveOwnerIndexes(indexes, this.dataset, catalogue);
    const cold = baseScores?.cold && saveColdRows(baseScores.cold.rows, this.dataset);
    return {
      modelId: this.modelId,
      modelVersion: HYBRID_VERSION,
      config: this.config,
      catalogueId: this.dataset.catalogueId,
      meta: {
        learned: this.learned !== null,
        columns: COLUMNS,
        order: this.learned?.order ?? null,
        works: this.learned !== null,
        madeFrom: saved?.madeFrom ?? null,
        cold: cold?.madeFrom ?? null,
        bounds: saveBounds(this.bounds),
        figures: this.learned?.figures ?? {},
        views: baseModels?.headers ?? null,
        content: content ? { modelVersion: content.modelVersion, config: content.config, meta: content.meta } : null,
      },
      arrays: this.learned
        ? {
            ...this.learned.ensemble.arrays,
            ...saveTitleTrees(this.learned.titleTrees),
            ...baseModels?.arrays,
            ...saveSpectralTitles(this.learned.titles),
            works: catalogue.works.of,
            ...saved?.arrays,
            ...cold?.arrays,
          }
        : {},
    };
  }

  /** Ranks the candidates. `predicted` holds e to the power of the ranker's score, so that all are positive and ratios are odds. */
  private rank(query: ModelQuery, barred: ReadonlySet<number>, n?: number): number {
    const { features } = this;
    const learned = this.learned!;
    const count = this.build(query, barred, n);
    if (this.predicted.length < count) this.predicted = new Float32Array(count);
    const trees = this.treesFor(query)!;
    trees.predict(features.rows, count, this.predicted);
    // Validation had few title-only queries, and those were ranked by the general trees.
    if (trees === learned.ensemble) this.applyOrder(count, learned.order);
    if (query.seeds.length === 0) {
      if (learned.baseModels.titleMaps) this.addPoints(count);
      else this.places?.add(query.title, features.candidates.tracks, count, this.predicted);
    }
    this.liftFirsts(count);
    for (let i = 0; i < count; i++) this.predicted[i] = Math.exp(this.predicted[i]!);
    return count;
  }

  private treesFor({ seeds }: ModelQuery): TreeEnsemble | null {
    const { learned } = this;
    return (seeds.length === 0 ? learned?.titleTrees : null) ?? learned?.ensemble ?? null;
  }

  /**
   * Adds the base models' scores of a title's points once more, beyond what the trees give them: the maps of the finished model know more titles than
   * those of the folds.
   */
  private addPoints(count: number): void {
    const { predicted, features } = this;
    for (let i = 0; i < count; i++) {
      const at = i * COLUMNS.length;
      const near = (features.rows[at + AT['spectral score']]! || 0) + (features.rows[at + AT['als score']]! || 0);
      predicted[i] = predicted[i]! + POINT_WEIGHT * near;
    }
  }

  /** Applies the order that validation chose in addition to the trees. */
  private applyOrder(count: number, order: Order): void {
    if (order.weight === 0) return;
    const { predicted, features } = this;
    const column = AT[`${order.retriever} score`];
    for (let i = 0; i < count; i++)
      predicted[i] = combine(order, predicted[i]!, features.rows[i * COLUMNS.length + column]!);
  }

  /** Scores of the seeds, retrieved in a separate pass with nothing barred, so that seeds do not displace other candidates. */
  private seedScores(query: ModelQuery): Map<number, number> {
    const scores = new Map<number, number>();
    if (query.seeds.length === 0) return scores;
    const seeds = new Set(query.seeds);
    const count = this.rank(query, NO_TRACKS);
    for (let i = 0; i < count; i++) {
      const track = this.features.candidates.tracks[i]!;
      if (seeds.has(track)) scores.set(track, this.predicted[i]!);
    }
    return scores;
  }

  /** Raises the best candidate of each artist, for variety that the ranker's labels do not reward. */
  private liftFirsts(count: number): void {
    const { predicted, features } = this;
    const { tracks } = features.candidates;
    const { artistOf } = features.retrieved.catalogue;
    const firsts = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const artist = artistOf[tracks[i]!]!;
      if (artist < 0) continue;
      const best = firsts.get(artist);
      const better =
        best === undefined ||
        predicted[i]! > predicted[best]! ||
        (predicted[i] === predicted[best] && tracks[i]! < tracks[best]!);
      if (better) firsts.set(artist, i);
    }
    for (const i of firsts.values()) predicted[i] = predicted[i]! + FIRST_OF_ARTIST;
  }

  /** Ranks by the weighted sum of the retrievers' relative scores; false when none found anything. */
  private fuse(query: ModelQuery, out: Float32Array): boolean {
    const { features } = this;
    this.build(query, new Set(query.seeds));
    out.fill(0);
    let found = false;
    const { rows, groups } = features.retrieved;
    const scores = rows.table.subarray(0, rows.count * STRIDE);
    const { ptr, idx } = groups.members;
    for (const [retriever, weight] of Object.entries(FUSION) as [Retriever, number][]) {
      const slot = SLOT[retriever];
      let largest = 0;
      for (let at = slot; at < scores.length; at += STRIDE) if (scores[at]! > largest) largest = scores[at]!;
      if (largest === 0) continue;
      found = true;
      for (let row = 0; row < rows.count; row++) {
        const b = rows.groupOf[row]!;
        const share = (weight * Math.max(0, scores[row * STRIDE + slot]!)) / largest;
        for (let m = ptr[b]!; m < ptr[b + 1]!; m++) out[idx[m]!]! += share;
      }
    }
    return found;
  }
}

/** Tracks that must not be returned. */
const barredBy = ({ seeds, exclude }: ModelQuery): Set<number> => new Set([...exclude, ...seeds]);

const NO_TRACKS: ReadonlySet<number> = new Set();
const NOTHING: ScoredTracks = { tracks: new Int32Array(0), scores: new Float32Array(0) };
