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

/** What every model is saved as: one container of kind `model`, checksums and all. Nothing in it is executed, nothing is trusted. */
export interface Artifact {
  readonly modelId: string;
  /** Version of this model's arrays and meaning; a model refuses the others. */
  readonly modelVersion: number;
  readonly config: Record<string, unknown>;
  /** Dataset.catalogueId of the training data. */
  readonly catalogueId: string;
  /** Anything small: numbers, names, curves. JSON values. */
  readonly meta: Record<string, unknown>;
  readonly arrays: Readonly<Arrays>;
  /** The same bytes were loaded before, for as many tracks, artists and owners: what they refer to need not be looked at again. */
  readonly sound?: boolean;
}
export type ArtifactArray = ContainerArray;

/** What stands in the header of a saved model. */
export type Description = Omit<Artifact, 'arrays' | 'sound'>;

/** What model files began with before they had checksums. */
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
 * What the header of a saved model says; its arrays may be damaged all the same.
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
 * What every `load` checks first: the artifact is of this model and version, and of this catalogue.
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

/** An array of the artifact, checked for type and length, all of it read. @throws SegueError FILE_UNREADABLE */
export const arrayOf = <T extends TypeName>(
  artifact: Pick<Artifact, 'modelId' | 'arrays'>,
  name: string,
  type: T,
  length?: number,
): ArrayOf<T> => present(arrayOnDemand(artifact, name, type, length));

/** As `arrayOf`, but what is used of it must be asked for with `present`. @throws SegueError FILE_UNREADABLE */
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
