import type { Stage } from '../checkpoints.ts';
import { joinRows, type QueryRows } from './row-store.ts';
import type { JudgedRows } from './validation.ts';

/** Training rows and validation rows of a fold, or of a part of one. */
export interface FoldRows extends QueryRows {
  /** Number of true tracks in the queries, and how many of these were among the candidates. */
  readonly truths: number;
  readonly found: number;
  readonly judged: JudgedRows;
  /** Queries by title alone. */
  readonly titled: QueryRows;
}

/** Rows of a part of a fold, and the state of the random numbers after it. */
export interface AnsweredPart {
  readonly rows: FoldRows;
  readonly sampler: readonly (number | null)[];
}

export const joinJudged = (parts: readonly JudgedRows[]): JudgedRows => ({
  ...joinRows(parts),
  truths: Int32Array.from(parts.flatMap((part) => [...part.truths])),
});

/** Concatenates the parts of a fold. */
export function joinFold(parts: readonly FoldRows[]): FoldRows {
  if (parts.length === 1) return parts[0]!;
  return {
    ...joinRows(parts),
    truths: parts.reduce((sum, part) => sum + part.truths, 0),
    found: parts.reduce((sum, part) => sum + part.found, 0),
    judged: joinJudged(parts.map((part) => part.judged)),
    titled: joinRows(parts.map((part) => part.titled)),
  };
}

/** Converts a part to and from a checkpoint. */
export const foldStage = {
  save({ rows, sampler }: AnsweredPart): Stage {
    const { features, labels, groups, truths, found, judged, titled } = rows;
    return {
      meta: { truths, found, sampler },
      arrays: {
        features,
        labels,
        groups,
        judgedFeatures: judged.features,
        judgedLabels: judged.labels,
        judgedGroups: judged.groups,
        judgedTruths: judged.truths,
        titledFeatures: titled.features,
        titledLabels: titled.labels,
        titledGroups: titled.groups,
      },
    };
  },
  load({ meta, arrays }: Stage): AnsweredPart {
    return {
      sampler: meta.sampler as AnsweredPart['sampler'],
      rows: {
        features: arrays.features as Float32Array,
        labels: arrays.labels as Float32Array,
        groups: arrays.groups as Int32Array,
        truths: Number(meta.truths),
        found: Number(meta.found),
        judged: {
          features: arrays.judgedFeatures as Float32Array,
          labels: arrays.judgedLabels as Float32Array,
          groups: arrays.judgedGroups as Int32Array,
          truths: arrays.judgedTruths as Int32Array,
        },
        titled: {
          features: arrays.titledFeatures as Float32Array,
          labels: arrays.titledLabels as Float32Array,
          groups: arrays.titledGroups as Int32Array,
        },
      },
    };
  },
};
