import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Arrays, decodeContainer, encodeContainer, KIND, writePieces } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { listDirectory, readShared, writeWhole } from './files.ts';

const FOLDER = 'checkpoints';

interface Stage {
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Arrays>;
}

/** Finished stages of one training, one file each, in `checkpoints/<model>-<hash of the key>` of the library. A damaged file counts as missing. */
export class CheckpointFolder {
  private readonly dir: string;

  /** Opens the folder for a key; removes folders of the same model with other keys. @param key of everything that the training depends on */
  static async open(library: string, model: string, key: string): Promise<CheckpointFolder> {
    const name = `${model}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
    for (const other of await listDirectory(join(library, FOLDER)))
      if (other !== name && modelOf(other) === model)
        await rm(join(library, FOLDER, other), { recursive: true, force: true });
    return new CheckpointFolder(join(library, FOLDER, name));
  }

  private constructor(dir: string) {
    this.dir = dir;
  }

  async load(stage: string): Promise<Stage | null> {
    try {
      const bytes = await readShared(join(this.dir, fileOf(stage)));
      if (bytes === null) return null;
      const { kind, meta, arrays } = decodeContainer(bytes, stage, 'a stage of a training', 'Train the model again');
      return kind === KIND.stage && meta.stage === stage ? { meta: meta.meta as Stage['meta'], arrays } : null;
    } catch (error) {
      if (error instanceof SegueError) return null;
      throw error;
    }
  }

  /** @throws SegueError FILE_UNREADABLE when the disk is full */
  async save(stage: string, { meta, arrays }: Stage): Promise<void> {
    await writeWhole(this.dir, async (file) => {
      await writePieces(file, encodeContainer(KIND.stage, { stage, meta }, arrays));
      return { name: fileOf(stage), value: undefined };
    });
  }

  /** Removes all stages: the training has ended. */
  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Removes what unfinished trainings left. @param model of this model; of all models when omitted */
export async function removeCheckpoints(library: string, model?: string): Promise<void> {
  for (const name of await listDirectory(join(library, FOLDER)))
    if (model === undefined || modelOf(name) === model)
      await rm(join(library, FOLDER, name), { recursive: true, force: true });
}

const fileOf = (stage: string): string => `${stage.replaceAll(/[^a-z0-9]+/g, '-')}.stage`;
const modelOf = (folder: string): string => folder.slice(0, folder.lastIndexOf('-'));
