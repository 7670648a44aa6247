import { SegueError } from '../../errors.ts';
import type { ReportedPlay } from '../intake.ts';

/** Most listens in one submission, and the largest one in bytes, as the service itself has them. */
export const MOST_LISTENS = 1000;
const LARGEST = 10_240;

export type ListenType = 'single' | 'import' | 'playing_now';

export interface Submission {
  readonly type: ListenType;
  readonly listens: readonly ReportedPlay[];
}

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const positive = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined;
};

const refused = (got: string, expected: string): SegueError => new SegueError('USAGE', { got, expected });

/** A body of `submit-listens`. @throws SegueError USAGE for the whole when one listen cannot be used, as the service does */
export function parseSubmission(body: unknown): Submission {
  const { listen_type: type, payload } = objectOf(body);
  if (type !== 'single' && type !== 'import' && type !== 'playing_now')
    throw refused('The listen_type is missing or unknown', 'single, import or playing_now');
  if (!Array.isArray(payload) || payload.length === 0) throw refused('There is no payload', 'a list of listens');
  if (payload.length > MOST_LISTENS)
    throw refused(`The payload has ${payload.length} listens`, `at most ${MOST_LISTENS}`);
  if (type !== 'import' && payload.length > 1) throw refused(`A ${type} has ${payload.length} listens`, 'one');
  return { type, listens: payload.map((listen, i) => parseListen(listen, i, type)) };
}

function parseListen(value: unknown, position: number, type: ListenType): ReportedPlay {
  const where = `Listen ${position + 1}`;
  if (JSON.stringify(value ?? null).length > LARGEST)
    throw refused(`${where} is too large`, `at most ${LARGEST} bytes`);
  const listen = objectOf(value);
  const track = objectOf(listen.track_metadata);
  const more = objectOf(track.additional_info);
  const title = textOf(track.track_name);
  const artist = textOf(track.artist_name);
  if (title === '' || artist === '') throw refused(`${where} lacks track_name or artist_name`, 'both');
  const at = listen.listened_at;
  if (type !== 'playing_now' && (typeof at !== 'number' || !Number.isInteger(at) || at < 1 || at > 4_102_444_800))
    throw refused(`${where} has no usable listened_at`, 'whole seconds since 1970');
  const names = Array.isArray(more.artist_names) ? more.artist_names.map(textOf).filter(Boolean) : [];
  const seconds = positive(more.duration);
  return {
    title,
    artists: names.length > 0 ? names : [artist],
    ...(textOf(track.release_name) !== '' && { album: textOf(track.release_name) }),
    ...(textOf(more.recording_mbid) !== '' && { mbid: textOf(more.recording_mbid) }),
    ...(textOf(more.isrc) !== '' && { isrc: textOf(more.isrc) }),
    durationMs: positive(more.duration_ms) ?? (seconds === undefined ? undefined : seconds * 1000),
    startedAt: type === 'playing_now' ? 0 : (at as number),
  };
}
