import type { Dataset } from '../../dataset/dataset.ts';
import type { FittedAls } from '../als/fitted.ts';
import type { Artifact } from '../artifact.ts';
import type { FittedSpectral } from '../spectral/spectral.ts';
import { TitleEncoder } from '../title-encoder/encoder.ts';

/** Most owners to learn a map from: folding one into `als` takes half a millisecond. */
const MOST_OWNERS = 100_000;

/** Learned maps from titles to points in the spaces of the base models, which score a title without seeds. */
export interface TitleMaps {
  readonly spectral: TitleEncoder;
  readonly als: TitleEncoder;
}

/**
 * Learns the maps from the owners that the base models were trained on.
 * @param onStep awaited between steps; may throw to stop @returns null when no owner has a title
 */
export async function learnTitleMaps(
  dataset: Dataset,
  spaces: { readonly spectral: FittedSpectral; readonly als: FittedAls },
  onStep: () => Promise<void>,
): Promise<TitleMaps | null> {
  const { als } = spaces;
  const folded = {
    dimensions: als.dimension,
    ownerPoint(owner: number): Float32Array {
      const tracks = dataset.tracksOf(owner);
      return als.foldIn(tracks, new Float32Array(tracks.length).fill(1));
    },
  };
  const spectral = await TitleEncoder.train(dataset, spaces.spectral, onStep, MOST_OWNERS);
  const toAls = spectral && (await TitleEncoder.train(dataset, folded, onStep, MOST_OWNERS));
  return spectral && toAls && { spectral, als: toAls };
}

const SPECTRAL = 'titles.';
const ALS = 'alsTitles.';

/** The maps' arrays for the hybrid's artifact; both maps share their terms. */
export function saveTitleMaps(maps: TitleMaps | null): Artifact['arrays'] {
  if (!maps) return {};
  const { mean, map } = maps.als.arrays();
  return { ...saveSpectralTitles(maps.spectral), ...prefixed(ALS, { mean: mean!, map: map! }) };
}

/** The arrays of the map to the space of `spectral` alone. */
export const saveSpectralTitles = (titles: TitleEncoder | null): Artifact['arrays'] =>
  prefixed(SPECTRAL, titles?.arrays() ?? {});

/** Loads the maps; null where none were saved, or only the one to the space of `spectral`. @throws SegueError FILE_UNREADABLE */
export function loadTitleMaps(
  arrays: Artifact['arrays'],
  spaces: { readonly spectral: FittedSpectral; readonly als: FittedAls },
): TitleMaps | null {
  const toAls = named(ALS, arrays);
  const spectral = loadSpectralTitles(arrays, spaces.spectral);
  if (!spectral || Object.keys(toAls).length === 0) return null;
  const als = { modelId: 'hybrid', arrays: toAls };
  return { spectral, als: TitleEncoder.load(als, spaces.als.dimension, spectral.features) };
}

/** Loads the map to the space of `spectral`, which is all that some models have; null where none was saved. @throws SegueError FILE_UNREADABLE */
export function loadSpectralTitles(
  arrays: Artifact['arrays'],
  { dimensions }: Pick<FittedSpectral, 'dimensions'>,
): TitleEncoder | null {
  const own = named(SPECTRAL, arrays);
  return Object.keys(own).length === 0 ? null : TitleEncoder.load({ modelId: 'hybrid', arrays: own }, dimensions);
}

const prefixed = (prefix: string, arrays: Artifact['arrays']): Artifact['arrays'] =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${prefix}${name}`, array]));

const named = (prefix: string, arrays: Artifact['arrays']): Artifact['arrays'] =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [],
    ),
  );
