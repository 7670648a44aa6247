import type { Dataset } from '../../dataset/dataset.ts';
import { Region, regionOf } from '../../math/kernels/memory.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import { sparseTimesDense } from '../../math/kernels/spmm.ts';
import { TopK } from '../../math/topk.ts';
import type { Artifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import { type Fitted, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import type { SequenceConfig } from './config.ts';
import { shapeOf } from './shape.ts';
import { Composition, MOST_TERMS, type Tokens } from './tokens.ts';
import type { Trained } from './training.ts';
import { Transformer } from './transformer.ts';

export const SEQUENCE_VERSION = 1;
/** Number of latest seeds that a reason considers. */
const EXPLAINED = 16;

/**
 * Predicts what comes next. Keeps the keys and values of the last query: a query that continues it is computed only from where the two diverge. Holds
 * scratch: serves one query at a time.
 */
export class FittedSequence implements Fitted {
  readonly modelId = 'sequence';
  private readonly dataset: Dataset;
  private readonly config: SequenceConfig;
  private readonly tokens: Tokens;
  private readonly trained: Trained;
  private readonly d: number;
  private readonly region: Region;
  private readonly transformer: Transformer;
  /** Vectors of the known tracks. */
  private readonly index: VectorIndex;
  /** Row of each track in the index; −1 when nobody held it at training. */
  private readonly rowOf: Int32Array;
  private readonly scores: Float32Array;
  /** Tokens whose keys and values the transformer holds: −1 for the title, then tracks. */
  private held: readonly number[] = [];
  private heldTitle = '';
  private readonly composition: Composition;

  constructor(dataset: Dataset, config: SequenceConfig, tokens: Tokens, trained: Trained) {
    const shape = shapeOf(config);
    const d = shape.factors;
    this.dataset = dataset;
    this.config = config;
    this.tokens = tokens;
    this.trained = trained;
    this.d = d;
    this.region = regionOf(this);
    const { region } = this;
    this.transformer = new Transformer(region, shape, config.window + 1, false);
    this.transformer.parameters.set(trained.parameters);
    this.rowOf = tokens.rows.trackRow;
    const known = this.rowOf.reduce((most, row) => Math.max(most, row + 1), 0);
    this.scores = new Float32Array(known);
    const vectors = trackVectors(dataset, tokens, trained.table, known, d);
    this.index = new VectorIndex(vectors, known, d, { int8: true });
    this.composition = new Composition(config.window + 1, 2 * config.window + MOST_TERMS);
  }

  score(query: ModelQuery, out: Float32Array): void {
    const output = this.output(query);
    if (output === null) {
      out.fill(0);
      return;
    }
    this.index.scoresFast(output, this.scores);
    for (let t = 0; t < out.length; t++) out[t] = this.rowOf[t]! < 0 ? 0 : positive(this.scores[this.rowOf[t]!]!);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const output = this.output(query);
    if (output === null) return { tracks: new Int32Array(0), scores: new Float32Array(0) };
    this.index.scoresFast(output, this.scores);
    const barred = new Set<number>(query.exclude);
    for (const seed of query.seeds) barred.add(seed);
    const { rowOf, scores } = this;
    const { allowed } = query;
    const top = new TopK(n);
    // Takes exponentials only of scores that may be among the best; the margin covers float32 rounding.
    let least = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < rowOf.length; t++) {
      const row = rowOf[t]!;
      if (row < 0 || scores[row]! < least || (allowed !== null && allowed[t] === 0) || barred.has(t)) continue;
      top.push(t, Math.fround(positive(scores[row]!)));
      if (top.threshold > 0) least = Math.log(top.threshold) - 1e-5;
    }
    const best = top.drain();
    return { tracks: best.items, scores: best.scores };
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track] }), n);
  }

  info(): Record<string, unknown> {
    const { curve, parameters, table } = this.trained;
    return { curve, parameters: parameters.length + table.length, tokens: this.tokens.count };
  }

  dispose(): void {
    this.index.dispose();
    this.region.free();
  }

  toArtifact(): Artifact {
    const { trackRow, artistRow, terms, firstTerm } = this.tokens.rows;
    const { table, parameters, curve } = this.trained;
    return {
      modelId: this.modelId,
      modelVersion: SEQUENCE_VERSION,
      config: this.config,
      catalogueId: this.dataset.catalogueId,
      meta: { terms, firstTerm, curve },
      arrays: { table, parameters, trackRow, artistRow },
    };
  }

  /** The transformer's output after the last token; null when no token of the query is known. */
  private output(query: ModelQuery): Float32Array | null {
    const title = this.tokens.titleRows(query.title);
    const liked = query.seeds.filter((t, i) => query.weights[i]! > 0 && this.tokens.isKnown(t));
    const tracks = liked.subarray(Math.max(0, liked.length - this.config.window));
    const wanted = title.length > 0 ? [-1, ...tracks] : [...tracks];
    if (wanted.length === 0) return null;
    const { composition, d, transformer } = this;
    let same = 0;
    if (query.title === this.heldTitle || title.length === 0)
      while (same < wanted.length - 1 && wanted[same] === this.held[same]) same++;
    composition.clear();
    for (const token of wanted.slice(same)) {
      if (token < 0) this.tokens.addTitle(title, composition);
      else this.tokens.addTrack(token, composition);
    }
    const { ptr, idx, values, count } = composition;
    for (let r = 0; r < count; r++) {
      const at = (same + r) * d;
      transformer.input.fill(0, at, at + d);
      for (let e = ptr[r]!; e < ptr[r + 1]!; e++)
        for (let j = 0; j < d; j++) transformer.input[at + j]! += values[e]! * this.trained.table[idx[e]! * d + j]!;
    }
    const region = new Region();
    try {
      const out = transformer.forward(region.place(Int32Array.of(0, wanted.length)), undefined, same);
      this.held = wanted;
      this.heldTitle = query.title;
      return out.slice((wanted.length - 1) * d, wanted.length * d);
    } finally {
      region.free();
    }
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const row = this.rowOf[track]!;
    const whole = row < 0 ? null : this.output(query);
    if (whole === null) return [];
    const vector = this.index.row(row);
    const worth = (output: Float32Array | null): number =>
      output === null ? 0 : output.reduce((sum, value, j) => sum + value * vector[j]!, 0);
    const contributions = new Float64Array(query.seeds.length);
    for (let i = Math.max(0, query.seeds.length - EXPLAINED); i < query.seeds.length; i++) {
      const without = modelQuery({
        ...query,
        seeds: query.seeds.filter((_, other) => other !== i),
        weights: query.weights.filter((_, other) => other !== i),
      });
      contributions[i] = worth(whole) - worth(this.output(without));
    }
    return songsReason(this.dataset, query.seeds, contributions);
  }
}

/** eˢ, clamped so that it stays a positive float32. */
const positive = (score: number): number => Math.exp(Math.min(80, Math.max(-80, score)));

function trackVectors(dataset: Dataset, tokens: Tokens, table: Float32Array, known: number, d: number): Float32Array {
  const composition = new Composition(known, 2 * known);
  for (let t = 0; t < dataset.tracks.count; t++) if (tokens.isKnown(t)) tokens.addTrack(t, composition);
  const region = new Region();
  try {
    const { ptr, idx, values } = composition;
    const placed = {
      ptr: region.place(ptr),
      idx: region.place(idx),
      values: region.place(values),
      columns: tokens.count,
    };
    const out = region.float32(known * d);
    sparseTimesDense(placed, region.place(table), d, out);
    return Float32Array.from(out);
  } finally {
    region.free();
  }
}
