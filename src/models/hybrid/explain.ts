import { genreText } from '../../features/explain.ts';
import { measuredPhrase, soundsLikePhrase } from '../../features/measured-words.ts';
import type { ModelQuery, Reason } from '../model.ts';
import { neighbourReason, titleReason } from '../playlist-neighbours/reasons.ts';
import type { TreeEnsemble } from '../ranker/ensemble.ts';
import { AT, COLUMNS, type Column } from './columns.ts';
import type { Evidence } from './evidence.ts';
import { namedReason } from './named-reason.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import type { Retriever } from './retrievers.ts';

type Kind = 'playlists' | 'artists' | 'title' | 'genres' | 'popularity' | 'audio';

const KINDS: readonly { kind: Kind; columns: RegExp }[] = [
  {
    kind: 'playlists',
    columns:
      /^(tracks|links|works|blend|recent|spectral|als|near) |overlap|similarity of owners|blend of owners|artist by (tracks|blend|spectral|als|near)|last seed$|link(ed)?$|^(blend|spectral|als|near) above/,
  },
  {
    kind: 'artists',
    columns: /^(artists|spread) |by artist$|seeds by artist|artist of last|artist by artists|^content fit$|^cold songs/,
  },
  {
    kind: 'title',
    columns:
      /^(title|titleArtists|alsTitle|titleGenres|named) |^title names|title similarity of owners|artist by (title|alsTitle)|in title|title in/,
  },
  { kind: 'genres', columns: /^genres |^genre cosine/ },
  {
    kind: 'popularity',
    columns:
      /^(popularity|artist popularity|share of artist|listed popularity of artist|popularity above seeds|work popularity)$/,
  },
  { kind: 'audio', columns: /^(sound|embedding) cosine$/ },
];
const GROUPS: Groups = KINDS.map(({ kind, columns }) => ({
  kind,
  columns: COLUMNS.flatMap((name, c) => (columns.test(name) ? [c] : [])),
}));
type Groups = readonly { readonly kind: Kind; readonly columns: readonly number[] }[];
/** Without seeds it is the title that playlists speak for: through what their owners hold, and through its points in the base models' spaces. */
const OF_TITLE = ['playlists', 'title'];
const TITLE_ALONE: Groups = [
  { kind: 'title', columns: GROUPS.flatMap(({ kind, columns }) => (OF_TITLE.includes(kind) ? columns : [])) },
  ...GROUPS.filter(({ kind }) => !OF_TITLE.includes(kind)),
];
type Retrieved = Pick<RetrieverScores, 'dataset' | 'catalogue' | 'artists'>;

const LEAST_SHARE = 0.02;
/** A track is called popular when it is in this part of the playlists. */
const POPULAR = 0.01;

/**
 * Why candidates stand where they do, track by track; no reasons for a track that is no candidate. For each kind of evidence, how far the ranker's
 * score falls when that evidence is withheld (its columns as they are when the retriever found nothing). Without a ranker, the retrievers' relative
 * scores.
 */
export function explainHybrid(
  retrieved: Retrieved,
  evidence: Evidence,
  ensemble: TreeEnsemble | null,
  query: ModelQuery,
  tracks: readonly number[],
): Reason[][] {
  const width = COLUMNS.length;
  const found = tracks.map((track) => evidence.tracks.indexOf(track));
  const rows = found.map((at) => (at < 0 ? null : evidence.rows.subarray(at * width, (at + 1) * width)));
  const known = rows.filter((row) => row !== null);
  const groups = ensemble && query.seeds.length === 0 ? TITLE_ALONE : GROUPS;
  const effects = (ensemble ? withheld(ensemble, known, groups) : known.map(relative)).values();
  return rows.map((row, i) =>
    row ? reasonsFor(retrieved, evidence, query, tracks[i]!, groups, effects.next().value!) : [],
  );
}

/** @param effects of each group of evidence, ≥ 0 */
function reasonsFor(
  retrieved: Retrieved,
  evidence: Evidence,
  query: ModelQuery,
  track: number,
  groups: Groups,
  effects: readonly number[],
): Reason[] {
  const total = effects.reduce((sum, effect) => sum + effect, 0) || 1;
  const reasons: Reason[] = [];
  for (let g = 0; g < groups.length; g++) {
    const share = effects[g]! / total;
    if (share < LEAST_SHARE) continue;
    const reason = reasonOf(groups[g]!.kind);
    if (reason) reasons.push({ ...reason, share });
  }
  return reasons.sort((a, b) => b.share - a.share);

  /** The artist of all liked seeds by name; several are "your artists". */
  function likedArtists(): string {
    const { dataset, catalogue } = retrieved;
    const liked = new Set(query.seeds.filter((_, i) => query.weights[i]! > 0).map((seed) => catalogue.artistOf[seed]!));
    const [only = -1] = liked;
    return liked.size === 1 && only >= 0 ? dataset.artists.names.get(only) : 'your artists';
  }

  function reasonOf(kind: Kind): Omit<Reason, 'share'> | null {
    const { dataset, catalogue } = retrieved;
    const holders = dataset.ownersOf(track);
    const artist = catalogue.artistOf[track]!;
    if (kind === 'playlists') return neighbourReason(dataset, query, track, (owner) => evidence.similarityOf(owner));
    if (kind === 'title')
      return (
        titleReason(dataset, query.title, track, (owner) => evidence.titleSimilarityOf(owner)) ??
        namedReason(dataset, evidence.named, artist)
      );
    if (kind === 'popularity') {
      if (holders === 0) return null;
      return {
        kind,
        text:
          holders >= POPULAR * dataset.owners.count
            ? `Popular in this library — ${holders} playlists`
            : `On ${holders} ${holders === 1 ? 'playlist' : 'playlists'} in this library`,
      };
    }
    if (kind === 'audio') {
      const liked = query.seeds.filter((_, i) => query.weights[i]! > 0);
      const pointing = catalogue.measured?.query(liked, new Float32Array(liked.length).fill(1));
      const text = [
        catalogue.measured?.knows(track) && pointing
          ? measuredPhrase(catalogue.measured, dataset, pointing, track)
          : '',
        soundsLikePhrase(catalogue.heard?.knows(track) ? catalogue.heard.shared(dataset, liked, track) : []),
      ]
        .filter((phrase) => phrase !== '')
        .join('; ');
      return text === '' ? null : { kind, text };
    }
    if (artist < 0 || query.seeds.length === 0) return null;
    const name = dataset.artists.names.get(artist);
    const own = [...query.seeds].filter((seed, i) => query.weights[i]! > 0 && catalogue.artistOf[seed] === artist);
    if (kind === 'artists' && own.length === 0 && retrieved.artists.entries[artist] === 0) return null;
    if (kind === 'artists')
      return own.length > 0
        ? {
            kind,
            text: `Also by ${name}`,
            tracks: own,
            artists: [artist],
          }
        : { kind, text: `Fans of ${likedArtists()} also collect ${name}`, artists: [artist] };
    const { ptr, idx } = dataset.artists.genres;
    const genresOf = (a: number): Int32Array => idx.subarray(ptr[a]!, ptr[a + 1]!) as Int32Array;
    const liked = new Set<number>();
    query.seeds.forEach((seed, i) => {
      const by = catalogue.artistOf[seed]!;
      if (query.weights[i]! > 0 && by >= 0) for (const genre of genresOf(by)) liked.add(genre);
    });
    const shared = Array.from(genresOf(artist))
      .filter((genre) => liked.has(genre))
      .map((genre) => dataset.genres.id(genre));
    return shared.length > 0 ? { kind, text: genreText(shared, query.seeds.length) } : null;
  }
}

/** What a column says when nothing is known. */
function withheldValue(column: Column): number {
  if (/rank$/.test(column)) return 11;
  return /^(sound|embedding) cosine$|^content fit$|^cold songs/.test(column) ? Number.NaN : 0;
}

const WITHHELD = COLUMNS.map(withheldValue);

/** All rows at once: the trees judge many rows in little more time than one. */
function withheld(ensemble: TreeEnsemble, rows: readonly Float32Array[], groups: Groups): number[][] {
  const width = COLUMNS.length;
  const each = groups.length + 1;
  const variants = new Float32Array(rows.length * each * width);
  for (let r = 0; r < rows.length; r++)
    for (let g = 0; g < each; g++) {
      const at = (r * each + g) * width;
      variants.set(rows[r]!, at);
      for (const c of groups[g]?.columns ?? []) variants[at + c] = WITHHELD[c]!;
    }
  const out = new Float32Array(rows.length * each);
  ensemble.predict(variants, out.length, out);
  return rows.map((_, r) => groups.map((_, g) => Math.max(0, out[r * each + groups.length]! - out[r * each + g]!)));
}

function relative(row: Float32Array): number[] {
  const score = (retriever: Retriever): number => row[AT[`${retriever} score`]]! || 0;
  return [
    score('tracks') + score('blend'),
    score('artists') + score('spread'),
    score('title'),
    score('genres') * 0.3,
    0,
    0,
  ];
}
