import type { Dataset } from '../../dataset/dataset.ts';
import { HeardEmbedding } from '../../features/heard-embedding.ts';
import { MeasuredSound } from '../../features/measured-sound.ts';
import type { Csr } from '../../math/csr.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { type Derived, ownDerived } from '../derived.ts';
import { titleKey } from '../title/title-terms.ts';
import { artistGenres } from './genres.ts';
import { numberWorks, type Works } from './works.ts';

/** Keys cached for tracks, and as many for artists: about 10 MB, whatever the size of the catalogue. */
const MOST_KEYS = 100_000;

/** Data that the hybrid derives from the catalogue alone, shared by all folds of its training. */
export interface HybridCatalogue {
  readonly artistOf: Int32Array;
  readonly genres: Csr;
  readonly works: Works;
  /** Sound as measured from files, and embeddings by a network; null where no track was analysed. */
  readonly measured: MeasuredSound | null;
  readonly heard: HeardEmbedding | null;
  /** A name as a title key, cached because the same names recur. */
  trackKey(track: number): string;
  artistKey(artist: number): string;
}

/** @param works as saved by a model; numbered from the names when omitted @param derived what other threads may have derived from the same data */
export function hybridCatalogue(dataset: Dataset, works?: Works, derived: Derived = ownDerived): HybridCatalogue {
  const tracks = new Map<number, string>();
  const artists = new Map<number, string>();
  const remembered = (memory: Map<number, string>, number: number, name: () => string): string => {
    let key = memory.get(number);
    if (key === undefined) {
      key = titleKey(name());
      if (memory.size === MOST_KEYS) memory.clear();
      memory.set(number, key);
    }
    return key;
  };
  const artistOf = derived('artistOf', () => mainArtists(dataset));
  return {
    artistOf,
    works: works ?? numberWorks(dataset, artistOf),
    genres: derived('artistGenres', () => artistGenres(dataset)),
    measured: MeasuredSound.fit(dataset),
    heard: HeardEmbedding.fit(dataset),
    trackKey: (track) => remembered(tracks, track, () => dataset.tracks.names.get(track)),
    artistKey: (artist) => remembered(artists, artist, () => dataset.artists.names.get(artist)),
  };
}
