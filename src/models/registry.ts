import { SegueError } from '../errors.ts';
import { als } from './als/als.ts';
import { artists } from './artists/artists.ts';
import { audio } from './audio.ts';
import { autoencoder } from './autoencoder/autoencoder.ts';
import { balanced } from './balanced.ts';
import { clusters } from './clusters.ts';
import { ease } from './ease/ease.ts';
import { genreFirst } from './genre-first.ts';
import { hybrid } from './hybrid/hybrid.ts';
import type { Model } from './model.ts';
import { newSongs } from './new-songs/new-songs.ts';
import { playlistNeighbours } from './playlist-neighbours/playlist-neighbours.ts';
import { popularity } from './popularity.ts';
import { ratings } from './ratings/ratings.ts';
import { sequence } from './sequence/sequence.ts';
import { spectral } from './spectral/spectral.ts';
import { title } from './title/title.ts';
import { titleEncoder } from './title-encoder/title-encoder.ts';
import { trackNeighbours } from './track-neighbours/track-neighbours.ts';

/** Every model, one line each. CLI, API, app, docs and the contract tests read this list. */
export const MODELS: readonly Model[] = [
  hybrid,
  playlistNeighbours,
  trackNeighbours,
  artists,
  title,
  titleEncoder,
  newSongs,
  popularity,
  spectral,
  balanced,
  genreFirst,
  audio,
  als,
  clusters,
  ease,
  sequence,
  ratings,
  autoencoder,
];

/** @throws SegueError UNKNOWN_MODEL naming the existing models */
export function modelById(id: string): Model {
  const model = MODELS.find((m) => m.id === id);
  if (!model)
    throw new SegueError('UNKNOWN_MODEL', {
      got: `There is no model "${id}"`,
      expected: `one of ${MODELS.map((m) => m.id).join(', ')}`,
    });
  return model;
}
