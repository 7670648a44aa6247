import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from '../../library/files.ts';
import { arrayOf, decodeArtifact, encodeArtifact } from '../../models/artifact.ts';
import type { JobResult } from './schedule.ts';

const KIND = 'evaluation-answers';

/** Everything that an answer depends on. */
export interface AnswerKey {
  readonly dataset: string;
  readonly protocol: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly depth: number;
  readonly model: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly fold: number;
  /** `codeVersion` of the model. */
  readonly code: string;
}

/** Answers of finished model × fold pairs in a folder, one file each, so that a stopped evaluation can be resumed. */
export class AnswerCache {
  private readonly dir: string;

  /** @param dir created when the first answer is written */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** The answers; null when there are none or the file is damaged (it will be rewritten). */
  async read(key: AnswerKey): Promise<JobResult | null> {
    try {
      const artifact = decodeArtifact(await readFile(this.path(key)), 'saved answers');
      if (artifact.modelId !== KIND) return null;
      const tookMs = arrayOf(artifact, 'tookMs', 'Float32Array');
      return {
        answers: {
          ptr: arrayOf(artifact, 'ptr', 'Int32Array', tookMs.length + 1),
          tracks: arrayOf(artifact, 'tracks', 'Int32Array'),
          predicted: arrayOf(artifact, 'predicted', 'Float32Array'),
          tookMs,
        },
        fitSeconds: Number(artifact.meta.fitSeconds),
      };
    } catch {
      return null;
    }
  }

  async write(key: AnswerKey, { answers, fitSeconds }: JobResult): Promise<void> {
    const bytes = encodeArtifact({
      modelId: KIND,
      modelVersion: 1,
      config: { ...key },
      catalogueId: key.dataset,
      meta: { fitSeconds },
      arrays: { ...answers },
    });
    await writeFileWhole(this.path(key), bytes);
  }

  private path(key: AnswerKey): string {
    const name = createHash('sha256').update(canonical(key)).digest('hex').slice(0, 24);
    return join(this.dir, `${key.model}-${name}.answers`);
  }
}

/** JSON with sorted keys: equal settings give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
