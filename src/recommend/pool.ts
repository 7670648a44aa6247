import type { PipelineParts } from './pipeline.ts';
import { ADVENTURE_POOL, adventurous } from './steps/adventure.ts';
import { type Candidate, joined, toCandidates } from './steps/candidate.ts';
import { limited } from './steps/limits.ts';
import type { Styles } from './steps/styles.ts';
import { oneVersion } from './steps/versions.ts';

/** How far down a model's list for the seeds of one style to look for songs of that style. */
const DEEP = 500;

/** The candidates, completed by a separate query for each style with too few of them. */
export function withEveryStyle(parts: PipelineParts, list: Candidate[], styles: Styles): Candidate[] {
  const counts = countsOf(list, styles);
  let all = list;
  styles.list.forEach(({ share }, s) => {
    const lacking = lackingOf(parts, share, counts[s]!);
    if (lacking <= 0) return;
    const near = likeStyle(parts, styles, s, Math.ceil(share * parts.n * 3) + 20);
    all = joined(all, near);
    // Seeds that few people know lead to songs of other styles first; songs of their own style follow further down.
    if (counts[s]! + near.filter(({ track }) => styles.styleOf(track) === s).length > 0) return;
    const further = likeStyle(parts, styles, s, DEEP).filter(({ track }) => styles.styleOf(track) === s);
    all = joined(all, further.slice(0, lacking));
  });
  return all;
}

/**
 * The pool of an adventurous list, limited so that the list stays relevant: the model's first 500 songs, and from beyond them only as many as the
 * limits and styles need. Versions are removed first, since a version that few playlists hold would pass for a little-known song.
 */
export function adventurePool(
  parts: PipelineParts,
  candidates: readonly Candidate[],
  plain: readonly Candidate[],
  styles: Styles | null,
  known: Float32Array,
): Candidate[] {
  const { dataset, asked, request, n } = parts;
  const songs = oneVersion(candidates, parts.keysOf, asked.known, asked.knownKeys);
  const first = songs.slice(0, ADVENTURE_POOL);
  const held = new Set(first.map(({ track }) => track));
  const allowed = limited(songs, dataset, parts.perArtist, request.perAlbum).slice(0, n);
  let pool = [...first, ...allowed.filter(({ track }) => !held.has(track))];
  if (!styles) return pool;
  const counts = countsOf(pool, styles);
  const beyond = countsOf(
    plain.filter(({ track }) => !held.has(track)),
    styles,
  );
  styles.list.forEach(({ share }, s) => {
    // The plain list may also reach this far beyond the first 500.
    const take = Math.max(lackingOf(parts, share, counts[s]!), beyond[s]!);
    if (take <= 0) return;
    const own = likeStyle(parts, styles, s, DEEP).filter(
      ({ track }) => !held.has(track) && styles.styleOf(track) === s,
    );
    pool = joined(pool, adventurous(own, request.adventure!, known).slice(0, take));
  });
  return pool;
}

function countsOf(list: readonly Candidate[], { list: styles, styleOf }: Styles): Int32Array {
  const counts = new Int32Array(styles.length);
  for (const { track } of list) {
    const style = styleOf(track);
    if (style >= 0) counts[style]!++;
  }
  return counts;
}

/** Number of songs that a style with this share lacks in a list of n. */
const lackingOf = ({ n }: PipelineParts, share: number, held: number): number => Math.ceil(share * n) + 1 - held;

/** The first candidates of a query with the seeds of one style alone. */
function likeStyle(
  { asked, filler, metrics, recommend }: PipelineParts,
  styles: Styles,
  s: number,
  depth: number,
): Candidate[] {
  const { seeds } = styles.list[s]!;
  const query = {
    ...asked.query,
    seeds: Int32Array.from(seeds, (i) => asked.query.seeds[i]!),
    weights: Float32Array.from(seeds, (i) => asked.query.weights[i]!),
    title: '',
    ordered: false,
    exclude: new Set([...asked.query.exclude, ...asked.query.seeds]),
    unexplained: true as const,
  };
  return toCandidates(metrics.time(`candidates ${filler.modelId}`, () => recommend(filler, query, depth)));
}
