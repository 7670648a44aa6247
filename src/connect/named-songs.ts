import type { Dataset } from '../dataset/dataset.ts';
import { Pace } from '../listeners/pace.ts';
import { artistNames } from '../recommend/describe.ts';
import type { State } from '../recommend/state.ts';
import { findTrack } from '../recommend/track-id.ts';
import type { OutgoingList } from './connections.ts';
import { type HeldSongs, namedOf } from './songs.ts';

/** A song of the catalogue's id with the names that a list of the listener has for it. */
export interface ListedSong {
  readonly song: string;
  readonly title?: string;
  readonly artists?: readonly string[];
}

/** Songs with names for a service: from the catalogue, from the only connection that has them, otherwise from the list. */
export async function namedSongs(
  { dataset }: State,
  held: HeldSongs,
  songs: readonly ListedSong[],
): Promise<OutgoingList['songs']> {
  const named: OutgoingList['songs'][number][] = [];
  const pace = new Pace();
  for (const song of songs) {
    named.push(namedSong(dataset, held, song));
    if (pace.due) await pace.rest();
  }
  return named;
}

function namedSong(
  dataset: Dataset,
  held: HeldSongs,
  { song: id, title = '', artists = [] }: ListedSong,
): OutgoingList['songs'][number] {
  const track = findTrack(dataset.tracks.vocabulary, id);
  if (track >= 0)
    return {
      uri: dataset.tracks.vocabulary.id(track),
      title: dataset.tracks.names.get(track),
      artist: artistNames(dataset, track).join(', '),
    };
  const at = id.indexOf(':');
  const own = at < 0 ? null : held.get(id.slice(0, at), id.slice(at + 1));
  if (own) return { ...namedOf(own.facts), uri: own.uri ?? id };
  return { uri: id, title: title || id, artist: artists.join(', ') };
}
