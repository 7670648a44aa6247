import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { throwIfCancelled } from '../../errors.ts';
import { DemoPlaylists } from './playlists.ts';
import { type DemoSize, DemoWorld } from './world.ts';

const SLICE = 1000;

/**
 * Writes the demo world's playlists in the Million Playlist Dataset's own form, one file per 1,000 playlists, one slice in memory at a time.
 * @param gzip compress each slice (about a seventh of the size)
 * @returns how many files were written
 */
export async function writeDemoSlices(
  dir: string,
  size: DemoSize,
  options: { gzip?: boolean; signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  await mkdir(dir, { recursive: true });
  const world = new DemoWorld(size);
  const playlists = new DemoPlaylists(world);
  let files = 0;
  for (let from = 0; from < size.playlists; from += SLICE) {
    throwIfCancelled(options.signal, 'Writing the demo world');
    const to = Math.min(size.playlists, from + SLICE);
    const name = `mpd.slice.${from}-${from + SLICE - 1}.json${options.gzip ? '.gz' : ''}`;
    const partial = join(dir, `${name}.partial`);
    const steps = options.gzip ? [createGzip({ level: 1 }), createWriteStream(partial)] : [createWriteStream(partial)];
    await pipeline([Readable.from(sliceText(world, playlists, from, to)), ...steps]);
    await rename(partial, join(dir, name));
    options.onProgress?.(to, size.playlists);
    files++;
  }
  return files;
}

function* sliceText(world: DemoWorld, playlists: DemoPlaylists, from: number, to: number): Generator<string> {
  const info = {
    generated_on: '2026-01-01 00:00:00.000000',
    slice: `${from}-${to - 1}`,
    version: 'v1',
    note: 'fictional: the Segue demo world',
  };
  yield `{"info":${JSON.stringify(info)},"playlists":[`;
  for (let number = from; number < to; number++)
    yield `${number > from ? ',' : ''}${JSON.stringify(mpdPlaylist(world, playlists, number))}`;
  yield ']}';
}

function mpdPlaylist(world: DemoWorld, playlists: DemoPlaylists, number: number): object {
  const { title, followers, modifiedAt, tracks } = playlists.playlist(number);
  const rows = Array.from(tracks, (track, pos) => {
    const row = world.trackRow(track);
    const artist = row.artists![0]!;
    return {
      pos,
      artist_name: artist.name,
      track_uri: row.uri,
      artist_uri: artist.uri,
      track_name: row.name,
      album_uri: row.album!.uri,
      duration_ms: row.durationMs,
      album_name: row.album!.name,
    };
  });
  return {
    name: title,
    collaborative: 'false',
    pid: number,
    modified_at: modifiedAt,
    num_tracks: rows.length,
    num_albums: new Set(rows.map((r) => r.album_uri)).size,
    num_followers: followers,
    tracks: rows,
    num_edits: 1 + (number % 40),
    duration_ms: rows.reduce((sum, r) => sum + r.duration_ms!, 0),
    num_artists: new Set(rows.map((r) => r.artist_uri)).size,
  };
}
