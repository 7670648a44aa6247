import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch } from '../../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { inputName, listInputs, unreadable } from '../input.ts';
import { isTextTooDeep } from '../json-depth.ts';
import { mbidOf, recordingUri } from '../music-ids.ts';
import type { ReadOptions, Source } from '../source.ts';
import { readRows } from '../table.ts';
import { streamedLines, streamLines } from '../text.ts';
import { type Listen, ListenTable } from './listens.ts';
import { openColumns } from './open-columns.ts';
import { type RecordingRedirects, readRedirects } from './redirects.ts';
import { tarMembers } from './tar.ts';

const ID = 'listenbrainz';
const CHECK_EVERY = 1 << 14;
const LATEST = 2 ** 32 - 1;

interface Rules {
  readonly people: boolean;
  readonly gap: number;
  readonly least: number;
  readonly redirects: string | undefined;
}

/**
 * ListenBrainz's public exports: the full one (`listens/<year>/<month>.listens`, JSON lines, alone or in the published `.tar.zst`) and the one for Spark
 * (Parquet, with MBIDs for most plays). Sessions become playlists, or users become owners with counts. User names are not kept.
 * https://listenbrainz.org/data
 */
export const listenbrainz: Source = {
  id: ID,
  title: 'ListenBrainz full export',
  licence: 'CC0 1.0',
  citation: 'MetaBrainz Foundation, ListenBrainz, https://listenbrainz.org',
  expects: 'files <month>.listens, listenbrainz-listens-dump*.tar.zst, or the Parquet files of the Spark export',
  options: {
    owners: 'sessions (default) or people',
    gap: 'minutes without a play that end a session (default: 30)',
    least: 'different songs a session needs (default: 3)',
    redirects: 'canonical_recording_redirect.csv of MusicBrainz: other releases of a recording become one track',
  },
  files: (paths) => listInputs(paths, /\.listens(\.gz|\.zst)?$|\.parquet$|\.tar(\.gz|\.zst)?$/i, listenbrainz.expects),
  async *read(file, { options = {}, signal }: ReadOptions = {}): AsyncGenerator<Batch> {
    const rules = rulesOf(options);
    const redirects = rules.redirects === undefined ? null : await readRedirects(rules.redirects, signal);
    const rejections = new Rejections();
    if (/\.tar(\.gz|\.zst)?$/i.test(file)) {
      for await (const member of tarMembers(file)) {
        if (!/\.listens$/.test(member.name)) continue;
        const place = `${inputName(file)}!${member.name}`;
        // One month at a time, so that only one is in memory.
        yield* owners(await fromLines(streamedLines(file, member.bytes), place, redirects, rejections, signal), rules);
      }
    } else if (/\.parquet$/i.test(file)) yield* owners(await fromParquet(file, redirects, rejections, signal), rules);
    else yield* owners(await fromLines(streamLines(file), inputName(file), redirects, rejections, signal), rules);
    yield { ...emptyBatch(), rejections: rejections.take() };
  },
};

const owners = (table: ListenTable, { people, gap, least }: Rules): Generator<Batch> =>
  people ? table.people(ID) : table.sessions(ID, { gap: 60 * gap, least });

/** @throws SegueError USAGE, OUT_OF_RANGE */
function rulesOf({
  owners: kind = 'sessions',
  gap = '30',
  least = '3',
  redirects,
}: ReadOptions['options'] & object): Rules {
  if (kind !== 'sessions' && kind !== 'people')
    throw new SegueError('USAGE', { got: `owners=${kind}`, expected: 'sessions or people' });
  return {
    people: kind === 'people',
    gap: numberIn('gap', gap, 1, 1440),
    least: numberIn('least', least, 1, 1000),
    redirects,
  };
}

function numberIn(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new SegueError('OUT_OF_RANGE', { got: `${name}=${text}`, expected: `a number from ${low} to ${high}` });
  return value;
}

/** @throws SegueError FILE_UNREADABLE when the first lines are no listens, CANCELLED */
async function fromLines(
  lines: AsyncIterable<{ text: string; line: number }>,
  place: string,
  redirects: RecordingRedirects | null,
  rejections: Rejections,
  signal: AbortSignal | undefined,
): Promise<ListenTable> {
  const table = new ListenTable();
  let foreign = 0;
  for await (const { text, line } of lines) {
    if (line % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
    if (text === '') continue;
    const listen = listenOf(text);
    if (typeof listen === 'string') {
      rejections.add(listen, `${place}:${line}`);
      if (listen === NO_LISTEN && ++foreign === 100 && table.length === 0)
        throw unreadable(place, 'holds no listens', 'JSON lines with user_id, timestamp and track_metadata');
    } else table.add(listen.mbid === null ? listen : withMbid(listen, listen.mbid, redirects));
  }
  return table;
}

const NO_LISTEN = 'line that is not a listen';

/** The listen of a line, or the cause of its rejection. */
function listenOf(text: string): (Listen & { mbid: string | null }) | string {
  let value: unknown;
  if (isTextTooDeep(text)) return NO_LISTEN;
  try {
    value = JSON.parse(text);
  } catch {
    return NO_LISTEN;
  }
  if (!isObject(value)) return NO_LISTEN;
  const track = value.track_metadata;
  if (!isObject(track) || (typeof value.user_id !== 'number' && typeof value.user_id !== 'string')) return NO_LISTEN;
  const info = isObject(track.additional_info) ? track.additional_info : {};
  return listenFrom({
    user: String(value.user_id),
    // A person's own export says listened_at.
    at: Number(value.timestamp ?? value.listened_at),
    msid: textOf(value.recording_msid) || textOf(track.recording_msid),
    mbid: mbidOf(info.recording_mbid),
    title: textOf(track.track_name),
    artist: textOf(track.artist_name),
    artistMbids: Array.isArray(info.artist_mbids) ? info.artist_mbids.join(',') : '',
    album: textOf(track.release_name),
    releaseMbid: mbidOf(info.release_mbid) ?? '',
  });
}

/** @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED */
async function fromParquet(
  file: string,
  redirects: RecordingRedirects | null,
  rejections: Rejections,
  signal: AbortSignal | undefined,
): Promise<ListenTable> {
  const table = new ListenTable();
  const rows = readRows(file);
  const needed = ['listened_at', 'user_id', 'artist_name', 'recording_name'];
  const column = openColumns(file, (await rows.next()).value?.cells, needed);
  for await (const { cells, line } of rows) {
    if (line % CHECK_EVERY === 0) throwIfCancelled(signal, 'The import');
    const listen = listenFrom({
      user: column.text(cells, 'user_id'),
      at: Math.floor(Date.parse(column.text(cells, 'listened_at')) / 1000),
      msid: column.text(cells, 'recording_msid'),
      mbid: column.mbid(cells, 'recording_mbid'),
      title: column.text(cells, 'recording_name'),
      artist: column.text(cells, 'artist_name'),
      artistMbids: column.text(cells, 'artist_credit_mbids'),
      album: column.text(cells, 'release_name'),
      releaseMbid: column.mbid(cells, 'release_mbid') ?? '',
    });
    if (typeof listen === 'string') rejections.add(listen, `${inputName(file)}:${line}`);
    else table.add(listen.mbid === null ? listen : withMbid(listen, listen.mbid, redirects));
  }
  return table;
}

interface Facts extends Omit<Listen, 'uri'> {
  readonly msid: string;
  readonly mbid: string | null;
}

function listenFrom({ msid, mbid, ...facts }: Facts): (Listen & { mbid: string | null }) | string {
  if (facts.title === '' || facts.artist === '') return 'listen without a title or an artist';
  if (!(facts.at > 0 && facts.at <= LATEST)) return 'listen without a valid time';
  if (mbid !== null) return { ...facts, mbid, uri: recordingUri(mbid) };
  const id = mbidOf(msid);
  return id === null ? 'listen without an id' : { ...facts, mbid, uri: `${ID}:msid:${id}` };
}

const withMbid = (listen: Listen, mbid: string, redirects: RecordingRedirects | null): Listen =>
  redirects ? { ...listen, uri: recordingUri(redirects.canonical(mbid)) } : listen;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
