import { createHash } from 'node:crypto';
import { type Batch, emptyBatch } from '../../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { Source } from '../source.ts';
import { DemoListeners } from './listeners.ts';
import { DemoPlaylists } from './playlists.ts';
import { type DemoSize, DemoWorld } from './world.ts';

/** What a plain `segue import demo` makes. */
export const DEMO_DEFAULTS: DemoSize = { tracks: 20_000, playlists: 10_000, seed: 1 };
const LIMITS = {
  tracks: [20, 10_000_000],
  playlists: [1, 10_000_000],
  seed: [0, 4_294_967_295],
  listeners: [0, 100_000],
} as const;
const BATCH_PLAYLISTS = 1000;
const BATCH_TRACKS = 10_000;
const BATCH_LISTENERS = 100;

/** A seeded, fictional catalogue with playlists: nothing in it exists, and nothing real is needed to try Segue. */
export const demo: Source = {
  id: 'demo',
  title: 'Demo world (fictional)',
  licence: 'CC0 1.0: every artist, song and playlist in it is made up',
  citation: 'Segue demo world, a seeded generator; any similarity to real names is chance',
  expects: 'no files; it is generated',
  options: {
    tracks: `number of tracks (default: ${DEMO_DEFAULTS.tracks})`,
    playlists: `number of playlists (default: ${DEMO_DEFAULTS.playlists})`,
    seed: `seed of the world (default: ${DEMO_DEFAULTS.seed})`,
    listeners: 'number of people with a dated history whose taste drifts, e.g. for the temporal protocol (default: 0)',
  },
  async files(_paths, options) {
    return [describe(demoSize(options))];
  },
  async identify(_file, options) {
    const text = describe(demoSize(options));
    return { sha256: createHash('sha256').update(text).digest('hex'), bytes: 0 };
  },
  async *read(_file, { options, signal, onProgress } = {}) {
    const size = demoSize(options);
    let done = 0;
    for (const batch of demoBatches(size)) {
      throwIfCancelled(signal, 'Making the demo world');
      yield batch;
      done += batch.owners.length;
      onProgress?.(done, size.playlists);
    }
  },
};

const describe = ({ tracks, playlists, seed, listeners = 0 }: DemoSize): string =>
  `demo-world v1: ${tracks} tracks, ${playlists} playlists, seed ${seed}${listeners > 0 ? `, ${listeners} listeners` : ''}`;

/** The catalogue first, then the playlists, in batches of bounded size. */
export function* demoBatches(size: DemoSize): Generator<Batch> {
  const world = new DemoWorld(size);
  for (let from = 0; from < size.tracks; from += BATCH_TRACKS) {
    const batch = emptyBatch();
    for (let t = from; t < Math.min(size.tracks, from + BATCH_TRACKS); t++) batch.tracks.push(world.trackRow(t));
    const lastArtist = world.artistOfTrack[Math.min(size.tracks, from + BATCH_TRACKS) - 1]!;
    for (let a = from === 0 ? 0 : world.artistOfTrack[from - 1]! + 1; a <= lastArtist; a++)
      batch.artists.push(world.artistRow(a));
    yield batch;
  }
  const playlists = new DemoPlaylists(world);
  for (let from = 0; from < size.playlists; from += BATCH_PLAYLISTS) {
    yield playlistBatch(world, playlists, from, Math.min(size.playlists, from + BATCH_PLAYLISTS));
  }
  const all = size.listeners ?? 0;
  const listeners = new DemoListeners(world);
  for (let from = 0; from < all; from += BATCH_LISTENERS)
    yield listenerBatch(world, listeners, from, Math.min(all, from + BATCH_LISTENERS));
}

/** People as owners: each song once, with its plays and the moment of the first. */
function listenerBatch(world: DemoWorld, listeners: DemoListeners, from: number, to: number): Batch {
  const batch = emptyBatch();
  for (let number = from; number < to; number++) {
    const songs = new Map<number, { plays: number; at: number }>();
    for (const { track, at } of listeners.plays(number)) {
      const known = songs.get(track);
      if (known) known.plays++;
      else songs.set(track, { plays: 1, at });
    }
    const first = batch.tracks.length;
    for (const track of songs.keys()) batch.tracks.push({ uri: world.uri(track) });
    batch.owners.push({
      id: `demo:listener:${number}`,
      kind: 'person',
      items: Array.from({ length: songs.size }, (_, i) => first + i),
      weights: [...songs.values()].map(({ plays }) => plays),
      times: [...songs.values()].map(({ at }) => at),
    });
  }
  return batch;
}

/** Playlists as a batch that names its tracks by URI only: the catalogue came before. */
function playlistBatch(world: DemoWorld, playlists: DemoPlaylists, from: number, to: number): Batch {
  const batch = emptyBatch();
  const positions = new Map<number, number>();
  for (let number = from; number < to; number++) {
    const { title, followers, modifiedAt, tracks } = playlists.playlist(number);
    const items = Int32Array.from(tracks, (track) => {
      let at = positions.get(track);
      if (at === undefined) {
        at = batch.tracks.length;
        positions.set(track, at);
        batch.tracks.push({ uri: world.uri(track) });
      }
      return at;
    });
    batch.owners.push({ id: `demo:playlist:${number}`, kind: 'playlist', title, followers, modifiedAt, items });
  }
  return batch;
}

/** @throws SegueError OUT_OF_RANGE */
export function demoSize(options: Readonly<Record<string, string>> = {}): DemoSize {
  const read = (name: keyof DemoSize): number => {
    const given = options[name];
    if (given === undefined) return DEMO_DEFAULTS[name] ?? 0;
    const [low, high] = LIMITS[name];
    const value = Number(given);
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new SegueError('OUT_OF_RANGE', {
        got: `The demo world cannot have "${given}" as ${name}`,
        expected: `a whole number from ${low} to ${high}`,
      });
    }
    return value;
  };
  return {
    tracks: read('tracks'),
    playlists: read('playlists'),
    seed: read('seed'),
    ...(options.listeners !== undefined && { listeners: read('listeners') }),
  };
}
