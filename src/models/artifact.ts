import {
  type ArrayOf,
  type Arrays,
  type Container,
  type ContainerArray,
  decodeContainer,
  encodeContainer,
  isArray,
  KIND,
  type TypeName,
} from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { present } from '../math/kernels/file-memory.ts';

/** The saved form of every model: one checksummed container of kind `model`. Loading executes nothing and trusts nothing in it. */
export interface Artifact {
  readonly modelId: string;
  /** Version of this model's arrays and their meaning; a model refuses versions it does not know. */
  readonly modelVersion: number;
  readonly config: Record<string, unknown>;
  /** Dataset.catalogueId of the training data. */
  readonly catalogueId: string;
  /** Small values such as numbers, names and curves, as JSON. */
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Arrays>;
  /** The same bytes were already checked against as many tracks, artists and owners, so references need no second check. */
  readonly sound?: boolean;
}
export type ArtifactArray = ContainerArray;

/** The header of a saved model. */
export type Description = Omit<Artifact, 'arrays' | 'sound'>;

/** The magic of model files from before checksums. */
const FORMER_MARK = 'SEGUEMDL';

export function encodeArtifact({ modelId, modelVersion, config, catalogueId, meta, arrays }: Artifact): Uint8Array {
  const description: Description = { modelId, modelVersion, config, catalogueId, meta };
  const pieces = encodeContainer(KIND.model, { ...description }, arrays);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** @param what the file's name, for messages @param sound see `Artifact` @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD */
export function decodeArtifact(bytes: Uint8Array, what: string, sound = false): Artifact {
  const expected = 'a model saved by Segue';
  const remedy = 'Train the model again with `segue train`';
  if (Buffer.from(bytes.subarray(0, FORMER_MARK.length)).toString('latin1') === FORMER_MARK)
    throw new SegueError('FORMAT_OLD', {
      got: `${what} has the format of an earlier version of Segue, which had no checksums`,
      expected,
      remedy,
    });
  const { kind, meta, arrays } = decodeContainer(bytes, what, expected, remedy, sound);
  return { ...describedArtifact({ kind, meta }, what), arrays, ...(sound && { sound }) };
}

/**
 * Reads the header of a saved model; its arrays may still be damaged.
 * @param header as `readHeader` gives it, or the container @param what the file's name, for messages @throws SegueError FILE_UNREADABLE
 */
export function describedArtifact(header: Pick<Container, 'kind' | 'meta'>, what: string): Description {
  const { kind, meta } = header;
  if (kind === KIND.model && isDescription(meta)) return meta;
  throw new SegueError('FILE_UNREADABLE', {
    got: `${what} is not a model`,
    expected: 'a model saved by Segue',
    remedy: 'Train the model again with `segue train`',
  });
}

function isDescription(value: object): value is Description {
  const d: Partial<Description> = value;
  return (
    typeof d.modelId === 'string' &&
    typeof d.modelVersion === 'number' &&
    typeof d.catalogueId === 'string' &&
    isRecord(d.config) &&
    isRecord(d.meta)
  );
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks, first in every `load`, that the artifact is of this model, version and catalogue.
 * @throws SegueError MODEL_MISMATCH
 */
export function checkArtifact(artifact: Description, modelId: string, modelVersion: number, catalogueId: string): void {
  const mismatch = (got: string, expected: string): SegueError =>
    new SegueError('MODEL_MISMATCH', { got, expected, remedy: `Run \`segue train ${modelId}\` on this library` });
  if (artifact.modelId !== modelId) throw mismatch(`The file holds the model "${artifact.modelId}"`, `"${modelId}"`);
  if (artifact.modelVersion !== modelVersion)
    throw mismatch(`The model "${modelId}" was saved in version ${artifact.modelVersion}`, `version ${modelVersion}`);
  if (artifact.catalogueId !== catalogueId)
    throw mismatch(
      `The model "${modelId}" was trained on the catalogue ${artifact.catalogueId}`,
      `this library's ${catalogueId}`,
    );
}

/** Reads a whole array of the artifact and checks its type and length. @throws SegueError FILE_UNREADABLE */
export const arrayOf = <T extends TypeName>(
  artifact: Pick<Artifact, 'modelId' | 'arrays'>,
  name: string,
  type: T,
  length?: number,
): ArrayOf<T> => present(arrayOnDemand(artifact, name, type, length));

/** As `arrayOf`, but reads lazily: call `present` before using any part. @throws SegueError FILE_UNREADABLE */
export function arrayOnDemand<T extends TypeName>(
  artifact: Pick<Artifact, 'modelId' | 'arrays'>,
  name: string,
  type: T,
  length?: number,
): ArrayOf<T> {
  const array = artifact.arrays[name];
  if (!isArray(array, type) || (length !== undefined && array.length !== length)) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The saved model "${artifact.modelId}" has ${array ? `${array.constructor.name}(${array.length})` : 'nothing'} as "${name}"`,
      expected: `${type}${length === undefined ? '' : `(${length})`}`,
      remedy: `Train it again with \`segue train ${artifact.modelId}\``,
    });
  }
  return array;
}
