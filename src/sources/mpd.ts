import { isUtf8 } from 'node:buffer';
import { Rejections } from '../dataset/rejections.ts';
import { type Batch, emptyBatch, type OwnerRow, type TrackRow } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { inputName, listInputs, MOST_WHOLE, readInput, unreadable } from './input.ts';
import { DEEPEST_JSON, isTooDeep } from './json-depth.ts';
import { scanSlice } from './mpd-scan.ts';
import type { Source } from './source.ts';

/** Fields as the data set's description gives them; every one may be missing in a copy, so each is checked where it is used. */
interface MpdTrack {
  pos?: number;
  artist_name?: string;
  track_uri?: string;
  artist_uri?: string;
  track_name?: string;
  album_uri?: string;
  album_name?: string;
  duration_ms?: number;
}

interface MpdPlaylist {
  name?: string;
  pid?: number;
  modified_at?: number;
  num_followers?: number;
  tracks?: MpdTrack[];
}

/** The Million Playlist Dataset: slices of 1,000 playlists as JSON. The challenge set has the same form. */
export const mpd: Source = {
  id: 'mpd',
  title: 'Million Playlist Dataset',
  licence: 'Research use only, no redistribution',
  citation: 'Chen, Lamere, Schedl, Zamani: RecSys Challenge 2018: Automatic Music Playlist Continuation',
  expects: 'folders, zip archives or files mpd.slice.<first>-<last>.json, also .json.gz',
  options: {
    slices: 'range of slices to import, e.g. 0-99 for the first 100; slice k starts at playlist 1000·k',
  },
  selects: ['slices'],
  async files(paths, options) {
    const files = await listInputs(paths, /\.json(\.gz)?$/i, mpd.expects);
    return options?.slices === undefined ? files : chooseSlices(files, options.slices);
  },
  readClean: scanSlice,
  async *read(file) {
    const bytes = await readInput(file, MOST_WHOLE);
    const batch = sliceBatch(parseSlice(bytes, file), inputName(file));
    yield isUtf8(bytes) ? batch : { ...batch, cleaning: { 'slices that are not UTF-8, read as Windows-1252': 1 } };
  },
};

/** Orders slices by their position in the data set: slice k has the playlists from 1,000 k on. */
function chooseSlices(files: readonly string[], range: string): string[] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(range.trim());
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!match || to < from) {
    throw new SegueError('USAGE', {
      got: `The slice range is "${range}"`,
      expected: 'a number or a range such as 0-99',
      remedy: 'Slice k is the file that starts at playlist 1000·k',
    });
  }
  const chosen = files.filter((file) => {
    const slice = sliceNumber(file);
    return slice !== null && slice >= from && slice <= to;
  });
  if (chosen.length === 0) {
    const there = files.map(sliceNumber).filter((slice) => slice !== null);
    throw new SegueError('NOT_FOUND', {
      got: `None of the ${files.length} files is one of the slices ${range}`,
      expected: there.length
        ? `slices between ${Math.min(...there)} and ${Math.max(...there)}`
        : 'names such as mpd.slice.0-999.json',
    });
  }
  return chosen;
}

function sliceNumber(file: string): number | null {
  const match = /(?<!\d)(\d{1,15})-\d{1,15}\.json(?:\.gz)?$/i.exec(file);
  return match ? Math.floor(Number(match[1]) / 1000) : null;
}

/** Decodes UTF-8, which JSON must be; other bytes are read as Windows-1252, as in tables, and counted. */
const textOf = (bytes: Buffer): string => new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);

function parseSlice(bytes: Buffer, file: string): MpdPlaylist[] {
  let slice: { playlists?: MpdPlaylist[] } | null;
  if (isTooDeep(bytes))
    throw unreadable(file, `nests deeper than ${DEEPEST_JSON} levels`, 'a slice of the Million Playlist Dataset');
  try {
    slice = JSON.parse(textOf(bytes)) as { playlists?: MpdPlaylist[] } | null;
  } catch (cause) {
    throw unreadable(file, 'is truncated or not JSON', 'a slice of the Million Playlist Dataset', cause);
  }
  if (!Array.isArray(slice?.playlists))
    throw unreadable(file, 'has no list "playlists"', 'a slice of the Million Playlist Dataset');
  return slice.playlists;
}

function sliceBatch(playlists: readonly MpdPlaylist[], name: string): Batch {
  const batch = emptyBatch();
  const rejections = new Rejections();
  const numbers = new Map<string, number>();
  for (let p = 0; p < playlists.length; p++) {
    const playlist = playlists[p]!;
    if (!Number.isInteger(playlist?.pid))
      rejections.add('playlist without a number (pid)', `${name}: playlist ${p + 1}`);
    else if (!Array.isArray(playlist.tracks))
      rejections.add('playlist without a list of tracks', `${name}: playlist ${p + 1}`);
    else batch.owners.push(ownerRow(playlist, inOrder(playlist.tracks), batch, numbers, rejections, name));
  }
  batch.rejections = rejections.take();
  return batch;
}

function ownerRow(
  playlist: MpdPlaylist,
  tracks: readonly MpdTrack[],
  batch: Batch,
  numbers: Map<string, number>,
  rejections: Rejections,
  name: string,
): OwnerRow {
  const items = new Int32Array(tracks.length);
  let length = 0;
  for (let i = 0; i < tracks.length; i++) {
    const track = tracks[i]!;
    const uri = track?.track_uri;
    if (typeof uri !== 'string' || uri === '') {
      rejections.add('entry without a track URI', `${name}: playlist ${playlist.pid}, entry ${i + 1}`);
      continue;
    }
    let number = numbers.get(uri);
    if (number === undefined) {
      number = batch.tracks.length;
      numbers.set(uri, number);
      batch.tracks.push(trackRow(uri, track));
    }
    items[length++] = number;
  }
  return {
    id: `mpd:${playlist.pid}`,
    kind: 'playlist',
    title: playlist.name === undefined || playlist.name === null ? undefined : String(playlist.name),
    followers: finite(playlist.num_followers),
    modifiedAt: Number.isFinite(playlist.modified_at) ? playlist.modified_at : undefined,
    items: length === items.length ? items : items.subarray(0, length),
  };
}

/** Tracks ordered by `pos` if every entry has one, otherwise in file order. */
function inOrder(tracks: MpdTrack[]): readonly MpdTrack[] {
  let sorted = true;
  for (let i = 0; i < tracks.length; i++) {
    if (typeof tracks[i]?.pos !== 'number') return tracks;
    if (i > 0 && tracks[i]!.pos! < tracks[i - 1]!.pos!) sorted = false;
  }
  return sorted ? tracks : [...tracks].sort((a, b) => a.pos! - b.pos!);
}

function trackRow(uri: string, track: MpdTrack): TrackRow {
  return {
    uri,
    name: text(track.track_name),
    artists: track.artist_name ? [{ name: String(track.artist_name), uri: text(track.artist_uri) }] : undefined,
    album: track.album_name ? { name: String(track.album_name), uri: text(track.album_uri) } : undefined,
    durationMs: finite(track.duration_ms),
  };
}

const text = (value: unknown): string | undefined => (value ? String(value) : undefined);
const finite = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
