import type { Stage } from '../checkpoints.ts';
import { joinRows, type QueryRows } from './row-store.ts';
import type { JudgedRows } from './validation.ts';

/** What one fold, or a part of it, teaches, and what is judged by it. */
export interface FoldRows extends QueryRows {
  /** True tracks that were asked for, and how many of them were among the candidates. */
  readonly truths: number;
  readonly found: number;
  readonly judged: JudgedRows;
  /** Queries by title alone. */
  readonly titled: QueryRows;
}

/** Some of a fold's rows, and where its random numbers stand afterwards. */
export interface AnsweredPart {
  readonly rows: FoldRows;
  readonly sampler: readonly (number | null)[];
}

export const joinJudged = (parts: readonly JudgedRows[]): JudgedRows => ({
  ...joinRows(parts),
  truths: Int32Array.from(parts.flatMap((part) => [...part.truths])),
});

/** The parts of a fold, one after the other. */
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

/** A part as a checkpoint. */
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
