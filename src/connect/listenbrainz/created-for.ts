import type { ListenerRepository } from '../../listeners/repository.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { Brain, BrainSong } from '../brain/brain.ts';
import { type CreatedList, idOf } from './jspf.ts';

const SONGS = 50;
/** The songs of a history that a list is made from: those heard most, and last. */
const HISTORY = 1000;
const WEEK_MS = 7 * 86_400_000;
/** 1970 began on a Thursday: weeks here begin on Mondays. */
const MONDAY_MS = 4 * 86_400_000;

export interface CreatedForParts {
  readonly engine: Engine;
  readonly brain: Brain;
  readonly repository: Pick<ListenerRepository, 'songs' | 'opinions' | 'bans' | 'listeners'>;
}

/** The lists of the week that Segue makes for a listener: songs that are new to them, by what they played and love. */
export async function createdFor(parts: CreatedForParts, listener: string, now: number): Promise<CreatedList[]> {
  const { repository } = parts;
  const { name } = await repository.listeners.get(listener);
  const start = Math.floor((now - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS;
  const week = new Date(start).toISOString().slice(0, 10);
  const played = await repository.songs.played(listener);
  const liked = await repository.opinions.songs(listener, 'like');
  if (played.length === 0 && liked.length === 0) return [];
  const disliked = await repository.opinions.songs(listener, 'dislike');
  const loved = new Set(liked.map((l) => l.song));
  const history = [
    ...played.slice(0, HISTORY).map((song) => ({
      track: song.song,
      count: song.plays,
      ...(song.lastAt !== null && { at: Math.floor(song.lastAt / 1000) }),
      ...(loved.has(song.song) && { liked: true }),
    })),
    ...liked.slice(0, HISTORY).map(({ song, at }) => ({ track: song, at: Math.floor(at / 1000), liked: true })),
    ...disliked.slice(0, HISTORY).map(({ song }) => ({ track: song, liked: false })),
  ];
  const songs: BrainSong[] = await parts.brain.forHistory(history, SONGS, parts.brain.asker(listener));
  if (songs.length === 0) return [];
  return [
    {
      id: idOf(`${listener} weekly-discovery ${week}`),
      title: `Weekly discovery for ${name}, week of ${week}`,
      annotation: 'Songs that are new to you, from what you have played and love.',
      creator: listener,
      date: new Date(start).toISOString(),
      songs,
    },
  ];
}
