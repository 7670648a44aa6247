import type { Dataset } from '../../dataset/dataset.ts';
import { HeardEmbedding } from '../../features/heard-embedding.ts';
import { MeasuredSound } from '../../features/measured-sound.ts';
import type { Csr } from '../../math/csr.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { type Derived, ownDerived } from '../derived.ts';
import { titleKey } from '../title/title-terms.ts';
import { artistGenres } from './genres.ts';
import { numberWorks, type Works } from './works.ts';

/** Keys remembered of tracks, and as many of artists: some 10 MB, however large the catalogue. */
const MOST_KEYS = 100_000;

/** What the hybrid derives from the catalogue alone: the same for every fold of its training. */
export interface HybridCatalogue {
  readonly artistOf: Int32Array;
  readonly genres: Csr;
  readonly works: Works;
  /** What was measured in files, and what a network heard in them; null where no track was analysed. */
  readonly measured: MeasuredSound | null;
  readonly heard: HeardEmbedding | null;
  /** Names as title keys, remembered for the names that come again and again. */
  trackKey(track: number): string;
  artistKey(artist: number): string;
}

/** @param works as a model saved them; numbered from the names when left out @param derived what other threads may have made of the same */
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
