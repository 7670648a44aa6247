import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Batch, emptyBatch, type TrackRow } from '../dataset/rows.ts';
import type { Source } from './source.ts';

interface MpdTrack {
  pos?: number;
  artist_name: string;
  track_uri: string;
  artist_uri?: string;
  track_name: string;
  album_uri?: string;
  album_name?: string;
  duration_ms?: number;
}

interface MpdPlaylist {
  name?: string;
  pid: number;
  modified_at?: number;
  num_followers?: number;
  tracks: MpdTrack[];
}

/** The Million Playlist Dataset: slices of 1,000 playlists as JSON. */
export const mpd: Source = {
  id: 'mpd',
  title: 'Million Playlist Dataset',
  licence: 'Research use only, no redistribution',
  citation: 'Chen, Lamere, Schedl, Zamani: RecSys Challenge 2018: Automatic Music Playlist Continuation',
  expects: 'mpd.slice.<first>-<last>.json, also .json.gz',
  options: {},
  async files(paths) {
    const files: string[] = [];
    for (const path of paths) {
      if ((await stat(path)).isDirectory()) {
        for (const name of await readdir(path)) if (/\.json(\.gz)?$/.test(name)) files.push(join(path, name));
      } else files.push(path);
    }
    return files.sort();
  },
  async *read(file) {
    let bytes = await readFile(file);
    if (file.endsWith('.gz')) bytes = await promisify(gunzip)(bytes);
    const slice = JSON.parse(bytes.toString('utf8')) as { playlists: MpdPlaylist[] };
    yield sliceBatch(slice.playlists);
  },
};

function sliceBatch(playlists: MpdPlaylist[]): Batch {
  const batch = emptyBatch();
  const numbers = new Map<string, number>();
  for (const playlist of playlists) {
    const items = new Int32Array(playlist.tracks.length);
    for (let i = 0; i < items.length; i++) {
      const track = playlist.tracks[i]!;
      let number = numbers.get(track.track_uri);
      if (number === undefined) {
        number = batch.tracks.length;
        numbers.set(track.track_uri, number);
        batch.tracks.push(trackRow(track));
      }
      items[i] = number;
    }
    batch.owners.push({
      id: `mpd:${playlist.pid}`,
      kind: 'playlist',
      title: playlist.name,
      followers: playlist.num_followers,
      modifiedAt: playlist.modified_at,
      items,
    });
  }
  return batch;
}

function trackRow(track: MpdTrack): TrackRow {
  return {
    uri: track.track_uri,
    name: track.track_name,
    artists: [{ name: track.artist_name, uri: track.artist_uri }],
    album: track.album_name ? { name: track.album_name, uri: track.album_uri } : undefined,
    durationMs: track.duration_ms,
  };
}
