import { SegueError } from '../../errors.ts';

const ID = /^[A-Za-z0-9_.:-]{1,64}$/;
const LONGEST_KEY = 500;
const LONGEST_NAME = 1000;
/** Range of valid times: 1970 to 2200. */
const LAST_TIME = 7_258_118_400_000;

/** @param what start of the message, e.g. "A play" @throws SegueError USAGE */
export function checkId(what: string, id: string): string {
  if (!ID.test(id))
    throw new SegueError('USAGE', {
      got: `${what} has the id ${quoted(id)}`,
      expected: '1 to 64 letters, digits, -, _, . or :',
    });
  return id;
}

/** @throws SegueError USAGE */
export function checkSong(song: string): string {
  if (song === '' || song.length > LONGEST_KEY || hasControls(song) || !song.isWellFormed())
    throw new SegueError('USAGE', {
      got: `A song has the key ${quoted(song)}`,
      expected: `the catalogue's id of the song, at most ${LONGEST_KEY} characters`,
    });
  return song;
}

/** @throws SegueError OUT_OF_RANGE */
export function checkTime(at: number): number {
  if (!Number.isInteger(at) || at < 0 || at > LAST_TIME)
    throw new SegueError('OUT_OF_RANGE', {
      got: `The time ${at}`,
      expected: 'whole milliseconds since 1970, up to the year 2199',
    });
  return at;
}

/** A duration in whole milliseconds; null when unknown or invalid. */
export const duration = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined || !(ms >= 0) || ms > 0x7fffffff ? null : Math.round(ms);

/** Makes a text storable in both stores: without NUL, which PostgreSQL refuses, and without lone surrogates, which a cut may leave and both refuse. */
export const name = (text: string | null | undefined): string =>
  !text ? '' : text.replaceAll('\0', '').slice(0, LONGEST_NAME).toWellFormed();

// biome-ignore lint/suspicious/noControlCharactersInRegex: finds control characters
const hasControls = (text: string): boolean => /[\x00-\x1f\x7f]/.test(text);

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
