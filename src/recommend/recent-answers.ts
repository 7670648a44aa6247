import type { Fitted, ModelQuery, ScoredTracks } from '../models/model.ts';

/** A person who turns dials asks the same of the model each time, and for each style of the seeds. */
const KEPT = 12;

interface Kept {
  readonly fitted: Fitted;
  readonly query: ModelQuery;
  readonly n: number;
  readonly answer: ScoredTracks;
}

/**
 * The latest answers of the models, so that a dial that only arranges a list (diversity, balance, limits, order) does not ask the model again. Models are
 * deterministic, so a kept answer is the answer.
 */
export class RecentAnswers {
  private kept: Kept[] = [];

  /** As `fitted.recommend`; the arrays are shared and must not be written to. */
  recommend(fitted: Fitted, query: ModelQuery, n: number): ScoredTracks {
    const at = this.kept.findIndex((one) => one.fitted === fitted && one.n === n && sameQuery(one.query, query));
    const found = this.kept[at] ?? { fitted, query, n, answer: fitted.recommend(query, n) };
    this.kept = [found, ...this.kept.filter((_, i) => i !== at)].slice(0, KEPT);
    return found.answer;
  }

  /** The query under which an equal one was lately answered, or the query itself: models know by identity what their scratch holds. */
  known(query: ModelQuery): ModelQuery {
    return this.kept.find((one) => sameQuery(one.query, query))?.query ?? query;
  }
}

function sameQuery(a: ModelQuery, b: ModelQuery): boolean {
  return (
    a === b ||
    (a.title === b.title &&
      a.ordered === b.ordered &&
      sameNumbers(a.seeds, b.seeds) &&
      sameNumbers(a.weights, b.weights) &&
      a.exclude.size === b.exclude.size &&
      sameMask(a.allowed, b.allowed) &&
      [...a.exclude].every((track) => b.exclude.has(track)) &&
      JSON.stringify(a.options) === JSON.stringify(b.options))
  );
}

const sameNumbers = (a: Int32Array | Float32Array, b: Int32Array | Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

const sameMask = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === b || (a !== null && b !== null && Buffer.compare(a, b) === 0);
