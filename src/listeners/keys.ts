import { hash } from 'node:crypto';
import { normaliseName } from '../dataset/normalise.ts';

/** Keys of songs that the catalogue lacks have this form. */
const OWN = 'own:';
/** 132 bits: no collision among a billion texts. */
const LETTERS = 22;

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, LETTERS);

export const isOwnSong = (song: string): boolean => song.startsWith(OWN);

/** The key of a song that the catalogue lacks. Songs with the same title and artists, regardless of case and accents, get the same key. */
export function ownSongKey(title: string, artists: readonly string[]): string {
  return OWN + digest([title, ...artists].map(normaliseName).join('\0'));
}

/**
 * The id of a play that a service reports: the same for the same song and time, so that it is stored once, however often it is reported.
 * @param song how the service names it, before it is resolved: a better match later must not make it a new play
 * @param at milliseconds since 1970
 */
export function playId(song: string, at: number): string {
  return digest(`${song}\0${at}`);
}

/** Prefix of the ids of plays from exports; no other ids have it, so the store can tell whether it has others. */
export const EXPORTED = '.';
/** 66 bits suffice, since only songs of one listener that ended in the same millisecond can collide. */
const SONG_LETTERS = 11;
/** Times have nine digits in base 36, three times three, enough for the latest time that can be stored. */
const BASE = 36;
const THREE = BASE ** 3;
/** All strings of three digits, filled on first use: converting a number to a base other than ten takes far longer than a look-up. */
let threes: readonly string[] = [];

function timeDigits(at: number): string {
  if (threes.length === 0) threes = Array.from({ length: THREE }, (_, i) => i.toString(BASE).padStart(3, '0'));
  const upper = Math.floor(at / THREE);
  return threes[Math.floor(upper / THREE)]! + threes[upper % THREE]! + threes[at % THREE]!;
}

/** The part of a play's id that identifies the song. @param song how the export names it (URI, otherwise `ownSongKey`) */
export const songMark = (song: string): string => digest(song).slice(0, SONG_LETTERS);

/**
 * The id of a play of an export, as `playId`. It begins with the time, so that a history stored in order of time is appended to the index of ids
 * instead of being scattered over it.
 * @param mark `songMark` of the song
 * @param at whole milliseconds since 1970, within the range that can be stored
 */
export function exportedPlayId(mark: string, at: number): string {
  return EXPORTED + timeDigits(at) + mark;
}
