import type { Answer, CaseMetric } from './metric.ts';

/** Sums of unit vectors, one entry per artist and genre; grown to the catalogue and zeroed after use. */
let artistSum = new Float64Array(0);
let genreSum = new Float64Array(0);

/**
 * Intra-list diversity: 1 − mean cosine over the pairs of the list (Ziegler et al. 2005). A track's vector consists of its main artist and its
 * genres, with half of the squared length each, or of the artist alone where no genre is known. Since Σ_{i≠j} vᵢ·vⱼ = |Σvᵢ|² − Σ|vᵢ|², one pass
 * serves all cut-offs.
 */
export const diversity: CaseMetric = {
  kind: 'case',
  id: 'diversity',
  title: 'Intra-list diversity',
  description: 'How much the recommended tracks differ from each other in artist and genre.',
  formula: '1 − mean over pairs of the cosine of (artist, genres)',
  better: 'neither',
  range: [0, 1],
  unit: '',
  whenEmpty: 'does not matter',
  whenShort: 'over the tracks present; undefined for fewer than two',
  cutoffs: 'each',
  evaluate(answer, cutoffs, out, at) {
    const { list, length, catalogue } = answer;
    if (artistSum.length < catalogue.artists) artistSum = new Float64Array(catalogue.artists);
    if (genreSum.length < catalogue.genres) genreSum = new Float64Array(catalogue.genres);
    let rank = 0;
    let pairs = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      const end = Math.min(length, cutoffs[c]!);
      for (; rank < end; rank++) pairs += addTrack(answer, list[rank]!);
      out[at + c] = rank < 2 ? Number.NaN : Math.max(0, 1 - (2 * pairs) / (rank * (rank - 1)));
    }
    for (let i = 0; i < rank; i++) clear(answer, list[i]!);
  },
};

/** Adds a track to the sums; returns the sum of its cosines with the tracks before it. */
function addTrack({ catalogue }: Answer, track: number): number {
  const { artistOf, genresOf } = catalogue;
  const artist = artistOf[track]!;
  const from = genresOf.ptr[track]!;
  const to = genresOf.ptr[track + 1]!;
  const parts = (artist >= 0 ? 1 : 0) + (to > from ? 1 : 0);
  let cosines = 0;
  if (artist >= 0) {
    const value = Math.sqrt(1 / parts);
    cosines += artistSum[artist]! * value;
    artistSum[artist]! += value;
  }
  const value = Math.sqrt(1 / (parts * (to - from)));
  for (let g = from; g < to; g++) {
    const genre = genresOf.idx[g]!;
    cosines += genreSum[genre]! * value;
    genreSum[genre]! += value;
  }
  return cosines;
}

function clear({ catalogue }: Answer, track: number): void {
  const { artistOf, genresOf } = catalogue;
  if (artistOf[track]! >= 0) artistSum[artistOf[track]!] = 0;
  for (let g = genresOf.ptr[track]!; g < genresOf.ptr[track + 1]!; g++) genreSum[genresOf.idx[g]!] = 0;
}
