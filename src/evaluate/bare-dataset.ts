import { Dataset } from '../dataset/dataset.ts';
import { StringColumn } from '../dataset/strings.ts';
import { Vocabulary } from '../dataset/vocabulary.ts';
import type { Csr } from '../math/csr.ts';

const noTexts = (count: number): StringColumn => new StringColumn(new Uint8Array(0), new Uint32Array(count + 1));

/**
 * Makes a dataset of ids without names, artists or features, for published splits and run files.
 * @param byOwner no interactions by default @param times one per entry
 */
export function bareDataset(
  tracks: Vocabulary,
  owners: readonly string[],
  byOwner?: Csr,
  times: Float64Array | null = null,
): Dataset {
  const count = tracks.size;
  const none = new Int32Array(count).fill(-1);
  const noLists = { ptr: new Int32Array(count + 1), idx: new Int32Array(0) };
  return new Dataset({
    tracks: {
      count,
      vocabulary: tracks,
      names: noTexts(count),
      artists: noLists,
      album: none,
      year: new Int16Array(count).fill(-1),
      popularity: new Int16Array(count).fill(-1),
      explicit: new Int8Array(count).fill(-1),
      durationMs: none,
      features: new Float32Array(0),
      genres: noLists,
      song: Int32Array.from({ length: count }, (_, t) => t),
    },
    artists: {
      count: 0,
      vocabulary: Vocabulary.from([]),
      names: noTexts(0),
      popularity: new Int16Array(0),
      followers: new Int32Array(0),
      genres: { ptr: new Int32Array(1), idx: new Int32Array(0) },
    },
    albums: { count: 0, keys: null, names: noTexts(0), artist: new Int32Array(0) },
    genres: Vocabulary.from([]),
    owners: {
      count: owners.length,
      vocabulary: Vocabulary.from(owners),
      titles: noTexts(owners.length),
      kind: new Uint8Array(owners.length).fill(1),
      followers: new Int32Array(owners.length).fill(-1),
      modifiedAt: new Float64Array(owners.length).fill(Number.NaN),
    },
    byOwner: byOwner ?? {
      rows: owners.length,
      columns: count,
      ptr: new Int32Array(owners.length + 1),
      idx: new Int32Array(0),
      values: null,
    },
    times,
    provenance: [],
    cleaning: {},
  });
}
