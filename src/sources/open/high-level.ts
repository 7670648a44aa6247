import { basename } from 'node:path';
import type { AcousticbrainzMeasure } from '../../dataset/acousticbrainz-measures.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import { inputName } from '../input.ts';
import { mbidOf, recordingUri } from '../music-ids.ts';
import type { ReadOptions } from '../source.ts';
import { tarMembers } from './tar.ts';

const TRACKS_AT_ONCE = 50_000;
/** A document has some 20 models; the published ones have 10 kB. */
const MOST_BYTES = 1 << 20;
/** Members are called `<recording>-<number of the submission>.json`. */
const recordingOf = (member: string): string | null =>
  member.endsWith('.json') ? mbidOf(basename(member).slice(0, member.lastIndexOf('-') - member.length)) : null;

/** Models of which one of the two classes is kept, under the name of the measure. */
const CLASSES: readonly (readonly [model: string, kept: string, measure: AcousticbrainzMeasure])[] = [
  ...(['happy', 'sad', 'party', 'relaxed', 'aggressive', 'acoustic', 'electronic'] as const).map(
    (mood) => [`mood_${mood}`, mood, `mood_${mood}`] as const,
  ),
  ['danceability', 'danceable', 'danceable'],
  ['voice_instrumental', 'instrumental', 'instrumental'],
  ['timbre', 'bright', 'bright'],
  ['tonal_atonal', 'tonal', 'tonal'],
];

type Json = Readonly<Record<string, unknown>>;
const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;

/** The probabilities of a document; null when it is none of a recording. */
export function classProbabilities(document: unknown): Partial<Record<AcousticbrainzMeasure, number>> | null {
  const models = within(document, 'highlevel');
  if (typeof models !== 'object' || models === null) return null;
  const out: Partial<Record<AcousticbrainzMeasure, number>> = {};
  for (const [model, kept, measure] of CLASSES) {
    const probability = within(within(within(models, model), 'all'), kept);
    if (typeof probability === 'number' && probability >= 0 && probability <= 1) out[measure] = probability;
  }
  return out;
}

/**
 * Recordings of the archive of high-level documents, those that the library knows where `known` is given; of several submissions of a recording the first counts.
 * @param rowOf lays a row out @throws SegueError FILE_UNREADABLE, CANCELLED
 */
export async function* readHighLevel(
  file: string,
  rowOf: (measures: Partial<Record<AcousticbrainzMeasure, number>>) => readonly number[],
  { known = () => true, signal }: ReadOptions = {},
): AsyncGenerator<Batch> {
  const rejections = new Rejections();
  const taken = new Set<string>();
  let tracks: TrackRow[] = [];
  for await (const { name, bytes } of tarMembers(file)) {
    throwIfCancelled(signal, 'The import');
    const mbid = recordingOf(name);
    const uri = mbid === null ? '' : recordingUri(mbid);
    if (mbid === null || taken.has(uri) || !known(uri)) continue;
    const measures = classProbabilities(await jsonOf(bytes));
    if (!measures) rejections.add('document without models', `${inputName(file)}:${name}`);
    else {
      taken.add(uri);
      tracks.push({ uri, acousticbrainz: rowOf(measures) });
    }
    if (tracks.length < TRACKS_AT_ONCE) continue;
    yield { ...emptyBatch(), tracks };
    tracks = [];
  }
  yield { ...emptyBatch(), tracks, rejections: rejections.take() };
}

/** The document in the bytes; null when it is none. */
async function jsonOf(bytes: AsyncIterable<Uint8Array>): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size <= MOST_BYTES) parts.push(part);
  }
  if (size > MOST_BYTES) return null;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
