import { dayOf, mondayOf } from '../../listeners/personal/drawing.ts';
import type { MixOptions, PersonalList } from '../../listeners/personal/personal-list.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import type { Asker, Brain, BrainSong } from '../brain/brain.ts';
import { type CreatedList, idOf } from './jspf.ts';

const SONGS = 50;
/** The songs of a history that a list is made from: those heard most, and last. */
const HISTORY = 1000;

export interface CreatedForParts {
  readonly brain: Brain;
  readonly personal: { mixes(listener: string, options: MixOptions): Promise<PersonalList[]> };
  readonly repository: Pick<ListenerRepository, 'songs' | 'opinions' | 'bans' | 'listeners' | 'settings'>;
}

/**
 * The lists of the week that Segue makes for a listener: songs that are new to them, by what they played and love, and a mix for each of their
 * tastes. With a server of theirs they hold only songs that it has.
 */
export async function createdFor(parts: CreatedForParts, listener: string, now: number): Promise<CreatedList[]> {
  const { repository, brain, personal } = parts;
  const { name } = await repository.listeners.get(listener);
  const { timeZone } = await repository.settings.get(listener);
  const week = mondayOf(dayOf(now, timeZone));
  const asker = brain.asker(listener);
  const listOf = (
    kind: string,
    title: string,
    annotation: string,
    source: string,
    songs: BrainSong[],
  ): CreatedList => ({
    id: idOf(`${listener} ${kind} ${week}`),
    title: `${title} for ${name}, week of ${week}`,
    annotation,
    source,
    creator: listener,
    date: new Date(week).toISOString(),
    songs,
  });
  const discovered = await discovery(parts, listener, asker);
  const mixes = await personal.mixes(listener, { every: 'week', within: brain.partOf(asker) });
  return [
    listOf(
      'weekly-discovery',
      'Weekly discovery',
      'Songs new to you, based on what you play and love.',
      'weekly-exploration',
      discovered,
    ),
    ...mixes.map((mix) =>
      listOf(`mix ${mix.title}`, mix.title, 'From one of your tastes.', 'segue-mix', brain.asHeld(mix.tracks, asker)),
    ),
  ].filter(({ songs }) => songs.length > 0);
}

async function discovery({ repository, brain }: CreatedForParts, listener: string, asker: Asker): Promise<BrainSong[]> {
  const played = await repository.songs.heard(listener);
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
  return brain.forHistory(history, SONGS, asker);
}
