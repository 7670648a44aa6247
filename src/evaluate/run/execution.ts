import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../../models/artifact.ts';
import type { Fitted, Model, ModelQuery } from '../../models/model.ts';
import { perArtistLimit } from '../../recommend/per-artist.ts';
import { toCandidates } from '../../recommend/steps/candidate.ts';
import { limited } from '../../recommend/steps/limits.ts';
import type { EvaluationCase, Fold, Protocol } from '../protocol.ts';
import { refuseLeaks } from './leaks.ts';

/** Definition of a split; the same plan gives the same folds in every thread. */
export interface Plan {
  readonly protocol: Protocol;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Length of the lists to request. */
  readonly depth: number;
  /** Maximum tracks per artist in a list, as in recommendations; no limit when omitted. */
  readonly perArtist?: number | 'auto';
}

/** A model with complete settings. */
export interface Candidate {
  /** Unique within an evaluation: the model's id, or a name for one of several settings of it. */
  readonly name: string;
  readonly model: Model;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Answers to a run of cases: list i is tracks[ptr[i] … ptr[i+1]), or the predicted ratings of case i's truth. */
export interface Answers {
  readonly ptr: Int32Array;
  readonly tracks: Int32Array;
  /** Protocols of ratings only. */
  readonly predicted: Float32Array;
  /** Milliseconds of each answer. */
  readonly tookMs: Float32Array;
}

/** The folds of a plan, each checked for leaks. @throws SegueError SPLIT_IMPOSSIBLE */
export function foldsOf({ protocol, options, seed }: Plan, dataset: Dataset): Fold[] {
  const folds = [...protocol.folds(dataset, options, new Rng(seed).fork(`protocol ${protocol.id}`))];
  for (const fold of folds) refuseLeaks(fold, protocol.heldOut);
  return folds;
}

/** Factor by which more is requested from a model when its list will be thinned. */
const DEEPER = 4;

/** Fits and queries models on the folds of one plan: the work of a worker thread, or of a single thread. */
export class Execution {
  private readonly folds: Fold[];
  private readonly plan: Plan;
  private readonly fitted = new Map<string, Fitted>();

  constructor(plan: Plan, folds: Fold[]) {
    this.plan = plan;
    this.folds = folds;
  }

  /** Trains on the fold's training set, which is all the data the model ever receives. Returns the saved model. */
  async fit(
    { name, model, config }: Candidate,
    fold: number,
    context: { signal?: AbortSignal; onProgress?: OnProgress },
  ): Promise<Uint8Array> {
    const { train } = this.folds[fold]!;
    const reason = model.unusable?.(train) ?? null;
    if (reason !== null) throw new SegueError('MODEL_UNUSABLE', { got: reason });
    const rng = new Rng(this.plan.seed).fork(`fit ${model.id} ${fold}`);
    const fitted = await model.fit(train, config, { rng, ...context });
    this.fitted.set(`${name} ${fold}`, fitted);
    return encodeArtifact(fitted.toArtifact());
  }

  /** Loads a model that another thread has fitted. */
  load({ name, model }: Candidate, fold: number, bytes: Uint8Array): void {
    const key = `${name} ${fold}`;
    if (!this.fitted.has(key))
      this.fitted.set(key, model.load(decodeArtifact(bytes, model.id), this.folds[fold]!.train));
  }

  forget({ name }: Candidate, fold: number): void {
    const key = `${name} ${fold}`;
    this.fitted.get(key)?.dispose?.();
    this.fitted.delete(key);
  }

  /** Answers the cases from … to − 1. @throws SegueError MODEL_UNUSABLE when a list violates the contract */
  answer({ name, model }: Candidate, fold: number, from: number, to: number, signal?: AbortSignal): Answers {
    const fitted = this.fitted.get(`${name} ${fold}`);
    if (!fitted) throw new SegueError('INTERNAL', { got: `${model.id} was queried before it was fitted` });
    const { cases, train } = this.folds[fold]!;
    const ptr = new Int32Array(to - from + 1);
    const tookMs = new Float32Array(to - from);
    if (this.plan.protocol.task === 'ratings') return this.predict(fitted, cases.slice(from, to), train);
    const tracks = new Int32Array((to - from) * this.plan.depth);
    const check = new ListCheck(model.id, this.plan.depth, train.tracks.count);
    for (let i = 0; i < to - from; i++) {
      throwIfCancelled(signal, 'The evaluation');
      const { query } = cases[from + i]!;
      const start = performance.now();
      const list = this.listOf(fitted, query, train);
      tookMs[i] = performance.now() - start;
      check.list(list, cases[from + i]!);
      tracks.set(list, ptr[i]!);
      ptr[i + 1] = ptr[i]! + list.length;
    }
    return { ptr, tracks: tracks.slice(0, ptr[to - from]!), predicted: new Float32Array(0), tookMs };
  }

  /** The model's list, thinned by the limit per artist; requests more from the model until enough remain. */
  private listOf(fitted: Fitted, query: ModelQuery, train: Dataset): Int32Array {
    const { depth, perArtist } = this.plan;
    const limit = perArtistLimit(train, { perArtist }, { query });
    if (limit === undefined) return fitted.recommend(query, depth).tracks;
    for (let k = depth * DEEPER; ; k *= DEEPER) {
      const answer = fitted.recommend(query, Math.min(k, train.tracks.count));
      const list = limited(toCandidates(answer), train, limit, undefined).slice(0, depth);
      if (list.length === depth || answer.tracks.length < k) return Int32Array.from(list, ({ track }) => track);
    }
  }

  private predict(fitted: Fitted, cases: readonly EvaluationCase[], train: Dataset): Answers {
    const ptr = new Int32Array(cases.length + 1);
    const tookMs = new Float32Array(cases.length);
    for (let i = 0; i < cases.length; i++) ptr[i + 1] = ptr[i]! + cases[i]!.truth.length;
    const predicted = new Float32Array(ptr[cases.length]!);
    const scores = new Float32Array(train.tracks.count);
    for (let i = 0; i < cases.length; i++) {
      const start = performance.now();
      fitted.score(cases[i]!.query, scores);
      tookMs[i] = performance.now() - start;
      const { truth } = cases[i]!;
      for (let t = 0; t < truth.length; t++) predicted[ptr[i]! + t] = scores[truth[t]!]!;
    }
    return { ptr, tracks: new Int32Array(0), predicted, tookMs };
  }
}

/** Enforces the contract of `Fitted.recommend` on lists, so that no model gains by violating it. */
class ListCheck {
  private readonly model: string;
  private readonly depth: number;
  private readonly marks: Int32Array;
  private stamp = 0;

  constructor(model: string, depth: number, tracks: number) {
    this.model = model;
    this.depth = depth;
    this.marks = new Int32Array(tracks);
  }

  list(list: Int32Array, { owner, query }: EvaluationCase): void {
    const { marks } = this;
    const stamp = ++this.stamp;
    for (let s = 0; s < query.seeds.length; s++) marks[query.seeds[s]!] = stamp;
    for (const track of query.exclude) marks[track] = stamp;
    if (list.length > this.depth) this.refuse(owner, `${list.length} tracks where ${this.depth} were asked for`);
    for (let i = 0; i < list.length; i++) {
      const track = list[i]!;
      if (track < 0 || track >= marks.length) this.refuse(owner, `track number ${track}, which does not exist`);
      if (marks[track] === stamp) this.refuse(owner, `track number ${track} twice, or a seed, or an excluded track`);
      marks[track] = stamp;
    }
  }

  private refuse(owner: string, what: string): never {
    throw new SegueError('MODEL_UNUSABLE', {
      got: `The model "${this.model}" answered ${what} to "${owner}"`,
      expected: 'distinct tracks, none of them a seed',
    });
  }
}
