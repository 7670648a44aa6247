import type { Dataset } from '../../src/dataset/dataset.ts';
import type { FittedClusters } from '../../src/models/fitted-clusters.ts';
import { type Fitted, modelQuery } from '../../src/models/model.ts';

/** The length of the lists that are compared. */
const PLACES = 50;
/** A cluster with at least this share of the seeds is a style that a list should cover. */
const STYLE = 0.1;

/** How a model distributes its lists over the clusters, for several mixed tastes. */
export interface TasteFigures {
  readonly model: string;
  /** Mean share of the places in clusters other than those of the seeds (total variation). */
  readonly misplaced: number;
  /** Mean share of the seeds' styles that got at least one place. */
  readonly covered: number;
}

/** Several lists of one person combined. */
export type MixedTaste = readonly number[];

/** Combines three lists each into a taste, in the order of the owners, using the first `seeds` songs of each list. */
export function joinedLists(dataset: Dataset, owners: ArrayLike<number>, seeds: number): MixedTaste[] {
  const tastes: MixedTaste[] = [];
  for (let i = 0; i + 2 < owners.length; i += 3)
    tastes.push([...new Set([0, 1, 2].flatMap((k) => [...dataset.tracksOf(owners[i + k]!).subarray(0, seeds)]))]);
  return tastes;
}

/** The share of the tracks in each cluster; tracks about which nothing is known are left out. */
export function sharesOf({ state }: FittedClusters, tracks: Iterable<number>): Float64Array {
  const shares = new Float64Array(state.k);
  let known = 0;
  for (const track of tracks) {
    const cluster = state.clusterOf[track]!;
    if (cluster < 0) continue;
    shares[cluster]!++;
    known++;
  }
  return shares.map((count) => count / Math.max(1, known));
}

/** Measures how well the models' lists follow the tastes, using the clusters of the first model. */
export function measureTastes(
  clusters: FittedClusters,
  models: readonly Fitted[],
  tastes: readonly MixedTaste[],
): TasteFigures[] {
  return models.map((model) => {
    let misplaced = 0;
    let covered = 0;
    for (const seeds of tastes) {
      const wanted = sharesOf(clusters, seeds);
      const got = sharesOf(clusters, model.recommend(modelQuery({ seeds: [...seeds] }), PLACES).tracks);
      misplaced += got.reduce((sum, share, c) => sum + Math.abs(share - wanted[c]!), 0) / 2;
      const styles = [...wanted.keys()].filter((c) => wanted[c]! >= STYLE);
      covered += styles.filter((c) => got[c]! > 0).length / Math.max(1, styles.length);
    }
    return { model: model.modelId, misplaced: misplaced / tastes.length, covered: covered / tastes.length };
  });
}

const WIDTH = 820;
const LABELS = 330;
const ROW = 58;
const MOST_ROWS = 9;
const COLOURS = ['#849089', '#0c656c', '#b8320f'] as const;

/** Bars of the clusters' shares among the seeds, in the list of `clusters`, and in that of one mean vector. An SVG. */
export function tasteFigure(clusters: FittedClusters, oneMean: Fitted, taste: MixedTaste): string {
  const query = modelQuery({ seeds: [...taste] });
  const shares = [
    sharesOf(clusters, taste),
    sharesOf(clusters, clusters.recommend(query, PLACES).tracks),
    sharesOf(clusters, oneMean.recommend(query, PLACES).tracks),
  ];
  const [wanted, , mean] = shares;
  const rows = [...wanted!.keys()]
    .filter((c) => wanted![c]! > 0.02 || mean![c]! > 0.02)
    .sort((a, b) => wanted![b]! - wanted![a]!)
    .slice(0, MOST_ROWS);
  const most = Math.max(...rows.flatMap((c) => shares.map((share) => share[c]!)));
  const height = 64 + rows.length * ROW;
  const bar = (y: number, share: number, colour: string): string => {
    const length = (share / most) * (WIDTH - LABELS - 70);
    return (
      `<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="12" fill="${colour}" rx="2"/>` +
      `<text x="${(LABELS + 6 + length).toFixed(1)}" y="${y + 10}" font-size="11" fill="#5b6567">${Math.round(100 * share)} %</text>`
    );
  };
  const legend = ['three joined playlists', 'clusters', 'balanced, one mean vector'].map(
    (text, i) =>
      `<rect x="${20 + i * 230}" y="18" width="12" height="12" fill="${COLOURS[i]}" rx="2"/>` +
      `<text x="${38 + i * 230}" y="29" font-size="13" fill="#14191a">${text}</text>`,
  );
  const lines = rows.map((c, i) => {
    const y = 56 + i * ROW;
    const name = clusters.state.portraits[c]!.name.replace(/&/g, '&amp;');
    const bars = shares.map((share, s) => bar(y + 15 * s, share[c]!, COLOURS[s]!)).join('');
    return `<text x="20" y="${y + 26}" font-size="12.5" fill="#14191a">${name}</text>${bars}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="Helvetica, Arial, sans-serif" role="img" aria-label="Shares of the clusters among the seeds and in two lists">
<rect width="${WIDTH}" height="${height}" fill="#f8f9f6"/>
${[...legend, ...lines].join('\n')}
</svg>
`;
}

/** The first taste with at least four styles of twelve percent and more. */
export const mostMixed = (clusters: FittedClusters, tastes: readonly MixedTaste[]): MixedTaste =>
  tastes.find((taste) => sharesOf(clusters, taste).filter((share) => share >= 0.12).length >= 4) ?? tastes[0]!;
