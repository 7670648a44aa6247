import type { Readable } from './contract.ts';

/** How far a sync is, in the words of imports; the fraction is of the part that is read, for the size of the others is unknown. */
export interface SyncProgress {
  readonly part: Readable | 'matching';
  /** 0–1; null when the service does not say how much there is. */
  readonly fraction: number | null;
  /** Current activity, for people: `reading saved songs: 500 of 1,000`. */
  readonly note: string;
}

const NOTES: Readonly<Record<SyncProgress['part'], string>> = {
  songs: 'reading songs',
  likes: 'reading saved songs',
  ratings: 'reading ratings',
  playlists: 'reading playlists',
  plays: 'reading plays',
  matching: 'finding songs in your library',
};

/** @param done items so far @param total items in all; null = unknown */
export function syncProgress(part: SyncProgress['part'], done: number, total: number | null): SyncProgress {
  if (total === null || total === 0) return { part, fraction: null, note: NOTES[part] };
  const note = `${NOTES[part]}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return { part, fraction: Math.min(1, done / total), note };
}
