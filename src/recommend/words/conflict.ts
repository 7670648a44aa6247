import type { Dataset } from '../../dataset/dataset.ts';
import { tracksMeeting } from './demands.ts';
import type { Part } from './understand.ts';

/** Most parts that are left out in turn: each takes a pass over the catalogue. */
const MOST_PARTS = 8;

/**
 * Why no song meets every part of a text, and how many songs do without one of them, the most first: "No song matches all of: Piano, By Adele. 1,204
 * match without “Piano”, 43 without “By Adele”." Null when a song meets them all, or when there is only one part.
 */
export function conflictOf(dataset: Dataset, parts: readonly Part[]): string | null {
  if (parts.length < 2 || countMeeting(dataset, parts) > 0) return null;
  const remedies = parts
    .slice(0, MOST_PARTS)
    .map((part) => ({
      label: part.label,
      songs: countMeeting(
        dataset,
        parts.filter((other) => other !== part),
      ),
    }))
    .filter(({ songs }) => songs > 0)
    .sort((a, b) => b.songs - a.songs)
    .map(({ label, songs }, i) => `${songs.toLocaleString('en')} ${i === 0 ? 'match ' : ''}without “${label}”`);
  const conflict = `No song matches all of: ${parts.map(({ label }) => label).join(', ')}.`;
  return `${conflict} ${remedies.length > 0 ? remedies.join(', ') : 'To leave out one of them is not enough'}.`;
}

function countMeeting(dataset: Dataset, parts: readonly Part[]): number {
  const met = tracksMeeting(
    dataset,
    parts.map(({ demand }) => demand),
  );
  return met ? met.reduce((sum, one) => sum + one, 0) : dataset.tracks.count;
}
