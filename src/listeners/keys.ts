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
 * The id of an imported play: the same for the same song at the same moment, so that it is stored once however often it is imported.
 * @param song what names it in the export (URI, else `ownSongKey`), before it is resolved: a better match later must not make it new
 * @param at milliseconds since 1970
 */
export function playId(song: string, at: number): string {
  return digest(`${song}\0${at}`);
}
