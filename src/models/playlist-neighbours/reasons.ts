import type { Dataset } from '../../dataset/dataset.ts';
import { TopK } from '../../math/topk.ts';
import type { ModelQuery, Reason } from '../model.ts';
import { comparedWith } from '../title/alike-titles.ts';
import { seedHolders } from './seed-holders.ts';

const LISTED = 5;
/** Number of common playlists from which a song counts as "often" next to another. */
const OFTEN = 5;

/** The owners listed behind a reason; empty between calls. */
const together = new TopK(LISTED);

/**
 * "Often next to “HUMBLE.” — 171 playlists": names the liked seed that shares most owners with the track, and the number of those. Other seeds are
 * counted separately: each shares at least one owner with the track, but not necessarily the same one.
 * @param voteOf similarity of an owner to the query, 0 = none; lists the owners with a vote that hold both, most similar first
 */
export function neighbourReason(
  dataset: Dataset,
  query: ModelQuery,
  track: number,
  voteOf: (owner: number) => number,
): Omit<Reason, 'share'> | null {
  const holders = seedHolders(dataset, query);
  const counts = holders.sharedWith(track);
  const { seeds } = holders;
  // Most common owners first, ties by the lower seed; only the first few are listed.
  const best: number[] = [];
  let shared = 0;
  for (let position = 0; position < counts.length; position++) {
    const count = counts[position]!;
    if (count === 0) continue;
    shared++;
    if (best.length < LISTED) best.push(position);
    else if (!isBefore(position, best[LISTED - 1]!)) continue;
    let at = best.length - 1;
    for (; at > 0 && isBefore(position, best[at - 1]!); at--) best[at] = best[at - 1]!;
    best[at] = position;
  }
  if (shared === 0) return null;
  const position = best[0]!;
  const count = counts[position]!;
  const { ptr, idx } = dataset.byTrack;
  let closest = -1;
  let most = 0;
  for (let e = ptr[track]!, end = ptr[track + 1]!; e < end; e++) {
    const owner = idx[e]!;
    const vote = voteOf(owner);
    if (!(vote > 0)) continue;
    if (vote > most || (vote === most && owner < closest)) {
      closest = owner;
      most = vote;
    }
    if (vote >= together.threshold && holders.holds(owner, position)) together.push(owner, vote);
  }
  if (closest < 0) return null;
  const noun = kindOf(dataset, closest);
  const next = `${count >= OFTEN ? 'Often next' : 'Next'} to “${dataset.tracks.names.get(seeds[position]!)}” — ${counted(count, noun)}`;
  const others = shared - 1;
  return {
    kind: 'playlists',
    text: others === 0 ? next : `${next}; also found with ${others} more of your songs`,
    citation: { at: next.length, only: count === 1 },
    tracks: best.map((at) => seeds[at]!),
    owners: together.drainItems(),
  };

  function isBefore(a: number, b: number): boolean {
    return counts[a]! > counts[b]! || (counts[a] === counts[b] && seeds[a]! < seeds[b]!);
  }
}

/** Words named in a reason. */
const NAMED = 2;

/**
 * "On 12 playlists with “rainy” or “sunday” in the title": names the query's words that most of them contain. Where fewer than half have a word in
 * common, "On 12 playlists with titles like yours", which counts only titles that a reader would call alike.
 * @param title the query's title
 * @param similarity an owner's title similarity in the model, 0 = none
 */
export function titleReason(
  dataset: Dataset,
  title: string,
  track: number,
  similarity: (owner: number) => number,
): Omit<Reason, 'share'> | null {
  const { isAlike, wordsIn } = comparedWith(title);
  const owners = voters(dataset, track, similarity).filter((owner) => isAlike(dataset.owners.titles.get(owner)));
  if (owners.length === 0) return null;
  const shared = owners.map((owner) => ({ owner, common: wordsIn(dataset.owners.titles.get(owner)) }));
  const named = mostFrequent(shared.flatMap(({ common }) => common));
  const holding = shared.filter(({ common }) => common.some((word) => named.includes(word)));
  const isNamed = 2 * holding.length >= owners.length;
  const meant = isNamed ? holding.map(({ owner }) => owner) : owners;
  const haveAll = holding.every(({ common }) => named.every((word) => common.includes(word)));
  const words = named.map((word) => `“${word}”`).join(haveAll ? ' and ' : ' or ');
  const text =
    meant.length === 1
      ? `On a playlist with ${isNamed ? `${words} in the title` : 'a title like yours'}`
      : `On ${meant.length} playlists with ${isNamed ? `${words} in the title` : 'titles like yours'}`;
  return {
    kind: 'title',
    text,
    citation: { at: text.length, only: meant.length === 1 },
    owners: meant.slice(0, LISTED),
  };
}

/** A pair of words replaces both where this share of the titles with the more frequent word contains the pair. */
const AS_PAIR = 0.7;

/** The most frequent words, with a pair in place of its two words where most titles have both. */
function mostFrequent(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [pair, count] of [...counts]) {
    const parts = pair.split(' ');
    if (parts.length < 2) continue;
    const most = Math.max(...parts.map((part) => counts.get(part) ?? 0));
    for (const word of count >= AS_PAIR * most ? parts : [pair]) counts.delete(word);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED)
    .map(([word]) => word);
}

/** Owners that hold the track and have a vote, largest vote first. */
function voters(dataset: Dataset, track: number, voteOf: (owner: number) => number): number[] {
  const { ptr, idx } = dataset.byTrack;
  const found: { owner: number; vote: number }[] = [];
  for (let e = ptr[track]!; e < ptr[track + 1]!; e++) {
    const vote = voteOf(idx[e]!);
    if (vote > 0) found.push({ owner: idx[e]!, vote });
  }
  return found.sort((a, b) => b.vote - a.vote || a.owner - b.owner).map(({ owner }) => owner);
}

/** "1 playlist", "2 playlists" */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The noun for an owner. */
export const kindOf = (dataset: Dataset, owner: number): string =>
  dataset.owners.kind[owner] === 1 ? 'listener' : 'playlist';
