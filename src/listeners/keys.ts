import { hash } from 'node:crypto';
import { normaliseName } from '../dataset/normalise.ts';

/** Songs without a catalogue track have keys of this form. */
const OWN = 'own:';
/** 132 bits: no two of a billion texts meet. */
const LETTERS = 22;

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, LETTERS);

export const isOwnSong = (song: string): boolean => song.startsWith(OWN);

/** The key of a song that the catalogue lacks: the same title and artists are the same song, whatever their case and accents. */
export function ownSongKey(title: string, artists: readonly string[]): string {
  return OWN + digest([title, ...artists].map(normaliseName).join('\0'));
}

/**
 * The id of a play that a service reports: the same for the same song at the same moment, so that it is stored once however often it is told.
 * @param song what names it there, before it is resolved: a better match later must not make it new
 * @param at milliseconds since 1970
 */
export function playId(song: string, at: number): string {
  return digest(`${song}\0${at}`);
}

/** What ids of plays from exports begin with: no other ids do, so that the store can tell whether it has others. */
export const EXPORTED = '.';
/** 66 bits, since only songs of one listener that ended in the same millisecond must not meet. */
const SONG_LETTERS = 11;
/** Times have nine digits to the base 36, which is enough for the last one that can be stored: three times three of them. */
const BASE = 36;
const THREE = BASE ** 3;
/** All texts of three digits, once any is needed: to write a number to another base than ten takes far longer than to read it here. */
let threes: readonly string[] = [];

function timeDigits(at: number): string {
  if (threes.length === 0) threes = Array.from({ length: THREE }, (_, i) => i.toString(BASE).padStart(3, '0'));
  const upper = Math.floor(at / THREE);
  return threes[Math.floor(upper / THREE)]! + threes[upper % THREE]! + threes[at % THREE]!;
}

/** What stands for the song in the ids of its plays. @param song what names it in the export (URI, else `ownSongKey`) */
export const songMark = (song: string): string => digest(song).slice(0, SONG_LETTERS);

/**
 * The id of a play of an export, as `playId`. It begins with the time: a history that is stored in the order of time is appended to the index of the ids
 * instead of being scattered over it.
 * @param mark `songMark` of the song
 * @param at whole milliseconds since 1970, of a time that can be stored
 */
export function exportedPlayId(mark: string, at: number): string {
  return EXPORTED + timeDigits(at) + mark;
}
