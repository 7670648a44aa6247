import type { Fitted, ModelQuery, ScoredTracks } from '../models/model.ts';

/** Answers kept, because moving a dial repeats the same model queries, one for each style of the seeds. */
const KEPT = 12;

interface Kept {
  readonly fitted: Fitted;
  readonly query: ModelQuery;
  readonly n: number;
  readonly answer: ScoredTracks;
}

/**
 * Caches the models' latest answers, so that a dial that only rearranges a list (diversity, balance, limits, order) needs no new model query. Models
 * are deterministic, so a cached answer is exact.
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

  /** The cached query that equals this one, or the query itself: models recognise by identity the query whose data they hold in scratch. */
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
