import { createHash } from 'node:crypto';
import { ownSongKey } from '../listeners/keys.ts';
import type { NewList } from '../listeners/lists.ts';
import type { SongRef } from '../listeners/songs.ts';
import type { NamedSong, RemotePlaylist } from './records.ts';
import { type HeldSongs, heldUri } from './songs.ts';
import type { ConnectionRecord } from './store.ts';

/** The key of a connection's song in the listener's store: its catalogue id, otherwise a key made from its names. */
export function storedSong(
  { id }: ConnectionRecord,
  held: HeldSongs,
  songId: string | undefined,
  named?: NamedSong,
): SongRef {
  const song = songId === undefined ? null : held.get(id, songId);
  if (song) {
    const { facts } = song;
    return {
      song: song.uri ?? heldUri(id, facts.id),
      title: facts.title,
      artists: facts.artists.map((a) => a.name),
      album: facts.album ?? null,
      isrc: facts.isrc?.[0] ?? null,
      mbid: facts.mbid ?? null,
    };
  }
  if (!named) return { song: songId === undefined ? ownSongKey('', []) : heldUri(id, songId) };
  const artists = named.artist === '' ? [] : [named.artist];
  return {
    song: named.uri ?? ownSongKey(named.title, artists),
    title: named.title,
    artists,
    album: named.album ?? null,
    isrc: named.isrc ?? null,
    mbid: named.mbid ?? null,
  };
}

/** A list there as the listener's store takes it. */
export const storedList = (record: ConnectionRecord, held: HeldSongs, list: RemotePlaylist): NewList => ({
  id: listId(record.id, list.id),
  name: list.name || 'Untitled',
  ...(list.comment !== undefined && { description: list.comment }),
  source: record.service,
  songs:
    list.songIds.length > 0
      ? list.songIds.map((songId, i) => storedSong(record, held, songId, list.songs?.[i]))
      : (list.songs ?? []).map((song) => storedSong(record, held, undefined, song)),
});

/** The store's id of a list there. Ids of some servers are long, or hold letters that the store's do not. */
function listId(connection: string, id: string): string {
  const plain = `${connection}:${id}`;
  if (/^[A-Za-z0-9_.:-]{1,64}$/.test(plain)) return plain;
  return `${connection}:${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`;
}
