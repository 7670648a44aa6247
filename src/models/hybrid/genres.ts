import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';

/** Terms of a sparse vector. */
export interface Profile {
  ids: number[];
  weights: number[];
}

/** artists × genres: inverse frequency of the genre among artists, divided by the root of the artist's number of genres. */
export function artistGenres(dataset: Dataset): Csr {
  const { ptr, idx } = dataset.artists.genres;
  const frequency = new Float32Array(dataset.genres.size);
  for (const genre of idx) frequency[genre]!++;
  const values = new Float32Array(idx.length);
  for (let artist = 0; artist < dataset.artists.count; artist++) {
    const root = Math.sqrt(ptr[artist + 1]! - ptr[artist]!);
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++)
      values[e] = Math.log(1 + dataset.artists.count / frequency[idx[e]!]!) / root;
  }
  return { rows: dataset.artists.count, columns: dataset.genres.size, ptr, idx, values };
}

/** Sums the genres of some artists, each weighted by its count. */
export function genreProfile(artists: ReadonlyMap<number, number>, genres: Csr): Profile {
  const sums = new Map<number, number>();
  for (const [artist, count] of artists)
    for (let e = genres.ptr[artist]!; e < genres.ptr[artist + 1]!; e++) {
      const genre = genres.idx[e]!;
      sums.set(genre, (sums.get(genre) ?? 0) + count * genres.values![e]!);
    }
  return { ids: [...sums.keys()], weights: [...sums.values()] };
}

/** owners × genres: sums over the owner's tracks. @param artists owners × artists, values = root of the count */
export function ownerGenres(artists: Csr, genres: Csr): Csr {
  const ptr = new Int32Array(artists.rows + 1);
  const idx: number[] = [];
  const values: number[] = [];
  const sum = new Float32Array(genres.columns);
  const touched: number[] = [];
  for (let owner = 0; owner < artists.rows; owner++) {
    touched.length = 0;
    for (let e = artists.ptr[owner]!; e < artists.ptr[owner + 1]!; e++) {
      const artist = artists.idx[e]!;
      const root = artists.values![e]!;
      const count = root * root;
      for (let g = genres.ptr[artist]!; g < genres.ptr[artist + 1]!; g++) {
        const genre = genres.idx[g]!;
        if (sum[genre] === 0) touched.push(genre);
        sum[genre]! += count * genres.values![g]!;
      }
    }
    for (const genre of touched) {
      idx.push(genre);
      values.push(sum[genre]!);
      sum[genre] = 0;
    }
    ptr[owner + 1] = idx.length;
  }
  return {
    rows: artists.rows,
    columns: genres.columns,
    ptr,
    idx: Int32Array.from(idx),
    values: Float32Array.from(values),
  };
}
