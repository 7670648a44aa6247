import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery, Reason } from '../model.ts';

const LISTED = 5;

/** "with 3 of your songs in 41 playlists such as 'late night drive'": the owners that hold the track and liked seeds. */
export function neighbourReason(
  dataset: Dataset,
  query: ModelQuery,
  track: number,
  voteOf: (owner: number) => number,
): Omit<Reason, 'share'> | null {
  const { ptr, idx } = dataset.byTrack;
  const owners: { owner: number; vote: number }[] = [];
  for (let e = ptr[track]!; e < ptr[track + 1]!; e++) {
    const vote = voteOf(idx[e]!);
    if (vote > 0) owners.push({ owner: idx[e]!, vote });
  }
  if (owners.length === 0) return null;
  owners.sort((a, b) => b.vote - a.vote || a.owner - b.owner);
  const voters = new Set(owners.map(({ owner }) => owner));
  const shared: { seed: number; count: number }[] = [];
  for (let i = 0; i < query.seeds.length; i++) {
    const seed = query.seeds[i]!;
    if (query.weights[i]! <= 0) continue;
    let count = 0;
    for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) if (voters.has(idx[e]!)) count++;
    if (count > 0) shared.push({ seed, count });
  }
  if (shared.length === 0) return null;
  shared.sort((a, b) => b.count - a.count || a.seed - b.seed);
  const titled = owners.find(({ owner }) => !dataset.owners.titles.isEmpty(owner));
  const songs =
    shared.length === 1 ? `“${dataset.tracks.names.get(shared[0]!.seed)}”` : `${shared.length} of your songs`;
  const lists =
    owners.length === 1
      ? `a ${kindOf(dataset, owners[0]!.owner)}`
      : `${owners.length} ${kindOf(dataset, owners[0]!.owner)}s`;
  const example = titled
    ? `${owners.length === 1 ? ',' : ' such as'} “${dataset.owners.titles.get(titled.owner).trim()}”`
    : '';
  return {
    kind: 'playlists',
    text: `with ${songs} in ${lists}${example}`,
    tracks: shared.slice(0, LISTED).map(({ seed }) => seed),
    owners: owners.slice(0, LISTED).map(({ owner }) => owner),
  };
}

/** "in 12 playlists titled like “road trip”" */
export function titleReason(
  dataset: Dataset,
  track: number,
  similarity: (owner: number) => number,
): Omit<Reason, 'share'> | null {
  const { ptr, idx } = dataset.byTrack;
  const owners: { owner: number; like: number }[] = [];
  for (let e = ptr[track]!; e < ptr[track + 1]!; e++) {
    const like = similarity(idx[e]!);
    if (like > 0) owners.push({ owner: idx[e]!, like });
  }
  if (owners.length === 0) return null;
  owners.sort((a, b) => b.like - a.like || a.owner - b.owner);
  const title = dataset.owners.titles.get(owners[0]!.owner).trim();
  return {
    kind: 'title',
    text:
      owners.length === 1 ? `in a playlist titled “${title}”` : `in ${owners.length} playlists titled like “${title}”`,
    owners: owners.slice(0, LISTED).map(({ owner }) => owner),
  };
}

const kindOf = (dataset: Dataset, owner: number): string =>
  dataset.owners.kind[owner] === 1 ? 'listener' : 'playlist';
