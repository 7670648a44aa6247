import { Type } from '#typebox';
import { Value } from '#typebox/value';
import { within } from '../../math/progress.ts';
import { als } from '../als/als.ts';
import type { FittedAls } from '../als/fitted.ts';
import { type Artifact, arrayOf, checkArtifact } from '../artifact.ts';
import { coldAttributes, OWN, songAttributes } from '../hybrid/content-inputs.ts';
import { learnContentMap } from '../hybrid/content-map.ts';
import type { Model } from '../model.ts';
import { step } from '../progress.ts';
import { FittedNewSongs, NEW_SONGS_VERSION, type NewSongsConfig } from './fitted.ts';

/** Share of the training spent on `als`. */
const FACTORISING = 0.9;

const config = Type.Object({
  factors: Type.Integer({
    default: 192,
    minimum: 8,
    maximum: 1024,
    description: 'number of factors of `als`, rounded up to a multiple of 8',
  }),
});

/**
 * Recommends only songs that nobody holds: releases that no list has picked up yet, files that were never in a playlist. A linear map, learned from
 * songs that somebody holds, places each artist's new songs among the vectors of `als`; the seeds' own artists come first.
 */
export const newSongs: Model<typeof config> = {
  id: 'new-songs',
  title: 'New songs',
  description:
    'Recommends only songs that no playlist or person in the library holds, by what is known of their artists. Choose it to find what your collection has and your playlists miss.',
  family: 'hybrid',
  source: 'iALS (Hu et al. 2008) with a content map (after DropoutNet, Volkovs et al. 2017)',
  byDefault: false,
  byNameOnly: true,
  versions: [NEW_SONGS_VERSION],
  config,
  unusable: (dataset) =>
    als.unusable(dataset) ??
    (coldAttributes(dataset) ? null : 'Each song whose artist is known is in some playlist already.'),
  async fit(dataset, settings, context) {
    const factorised = await als.fit(
      dataset,
      { ...Value.Create(als.config), factors: settings.factors },
      {
        rng: context.rng.fork('als'),
        signal: context.signal,
        onProgress: within(context.onProgress, 0, FACTORISING),
      },
    );
    await step(context, newSongs.id, FACTORISING, 'learning where new songs belong');
    const attributes = songAttributes(dataset);
    const map = learnContentMap(dataset, attributes, factorised, context.rng.fork('content map'));
    return new FittedNewSongs(dataset, attributes, settings, factorised, map);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, newSongs.id, NEW_SONGS_VERSION, dataset.catalogueId);
    const header = artifact.meta.als as Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;
    const factorised: FittedAls = als.load(
      { ...header, modelId: als.id, catalogueId: artifact.catalogueId, arrays: artifact.arrays },
      dataset,
    );
    const d = factorised.dimension;
    const map = arrayOf(artifact, 'map', 'Float32Array', (2 * d + OWN) * d);
    return new FittedNewSongs(dataset, songAttributes(dataset), artifact.config as NewSongsConfig, factorised, map);
  },
};
