import { genreText } from '../../features/explain.ts';
import { measuredPhrase, soundsLikePhrase } from '../../features/measured-words.ts';
import type { ModelQuery, Reason } from '../model.ts';
import { neighbourReason, titleReason } from '../playlist-neighbours/reasons.ts';
import type { TreeEnsemble } from '../ranker/ensemble.ts';
import { AT, COLUMNS } from './columns.ts';
import type { Evidence } from './evidence.ts';
import { namedReason } from './named-reason.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import type { Retriever } from './retrievers.ts';
import { withheldEffects } from './withheld.ts';

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
/** Without seeds, playlists are evidence for the title: both by what their owners hold and by its points in the base models' spaces. */
const OF_TITLE = ['playlists', 'title'];
const TITLE_ALONE: Groups = [
  { kind: 'title', columns: GROUPS.flatMap(({ kind, columns }) => (OF_TITLE.includes(kind) ? columns : [])) },
  ...GROUPS.filter(({ kind }) => !OF_TITLE.includes(kind)),
];
type Unweighted = Omit<Reason, 'share'>;
type Retrieved = Pick<RetrieverScores, 'dataset' | 'catalogue' | 'artists'>;

const LEAST_SHARE = 0.02;
/** A track is called popular when this share of the playlists holds it. */
const POPULAR = 0.01;
/** Most genres that a sentence names. */
const GENRES_NAMED = 2;

/**
 * Explains why candidates rank where they do, track by track; a track that is not a candidate gets no reasons. A kind of evidence weighs as much as
 * the ranker's score falls when it is withheld, that is, when its columns are set as if the retriever had found nothing. Without a ranker, the
 * retrievers' relative scores are used.
 * @param most largest number of reasons per track, by share
 */
export function explainHybrid(
  retrieved: Retrieved,
  evidence: Evidence,
  ensemble: TreeEnsemble | null,
  query: ModelQuery,
  tracks: readonly number[],
  most: number,
): Reason[][] {
  const found = tracks.map((track) => evidence.placeOf(track));
  const known = found.filter((at) => at >= 0);
  const groups = ensemble && query.seeds.length === 0 ? TITLE_ALONE : GROUPS;
  const effects = ensemble
    ? withheldEffects(
        ensemble,
        evidence.rows,
        known,
        groups.map(({ columns }) => columns),
      )
    : Float64Array.from(known.flatMap((at) => relative(evidence.rows, at * COLUMNS.length)));
  const reasons = new Reasons(retrieved, evidence, query);
  let row = 0;
  return found.map((at, i) => {
    if (at < 0) return [];
    const from = row++ * groups.length;
    return reasons.of(tracks[i]!, groups, effects.subarray(from, from + groups.length), most);
  });
}

/** State of a query that is read once and shared by all explained tracks. */
class Reasons {
  private readonly retrieved: Retrieved;
  private readonly evidence: Evidence;
  private readonly query: ModelQuery;
  /** The liked seeds, and those of each known artist. */
  private readonly liked: Int32Array;
  private readonly seedsOf = new Map<number, number[]>();
  private readonly likedGenres = new Set<number>();
  /** The name for the artist of all liked seeds; several are "your artists". */
  private readonly likedArtists: string;
  private readonly genreTexts = new Map<string, string>();
  private readonly similarityOf = (owner: number): number => this.evidence.similarityOf(owner);
  private readonly titleSimilarityOf = (owner: number): number => this.evidence.titleSimilarityOf(owner);
  /** Where the seeds point in measured sound; undefined until first needed. */
  private pointing: Float32Array | null | undefined;

  constructor(retrieved: Retrieved, evidence: Evidence, query: ModelQuery) {
    this.retrieved = retrieved;
    this.evidence = evidence;
    this.query = query;
    const { dataset, catalogue } = retrieved;
    const { ptr, idx } = dataset.artists.genres;
    this.liked = query.seeds.filter((_, i) => query.weights[i]! > 0);
    const artists = new Set<number>();
    for (const seed of this.liked) {
      const artist = catalogue.artistOf[seed]!;
      artists.add(artist);
      if (artist < 0) continue;
      const seeds = this.seedsOf.get(artist);
      if (seeds) seeds.push(seed);
      else this.seedsOf.set(artist, [seed]);
      for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) this.likedGenres.add(idx[e]!);
    }
    const [only = -1] = artists;
    this.likedArtists = artists.size === 1 && only >= 0 ? dataset.artists.names.get(only) : 'your artists';
  }

  /** The best reasons, by share. @param effects of each group of evidence, ≥ 0 */
  of(track: number, groups: Groups, effects: Float64Array, most: number): Reason[] {
    let total = 0;
    for (let g = 0; g < effects.length; g++) total += effects[g]!;
    for (let g = 0; g < effects.length; g++) effects[g] = effects[g]! / (total || 1);
    const reasons: Reason[] = [];
    // Pick the largest remaining share, the first among equals.
    while (reasons.length < most) {
      let best = 0;
      for (let g = 1; g < effects.length; g++) if (effects[g]! > effects[best]!) best = g;
      const share = effects[best]!;
      if (!(share >= LEAST_SHARE)) break;
      effects[best] = 0;
      const reason = this.reasonOf(groups[best]!.kind, track);
      if (reason) reasons.push(Object.assign(reason, { share }));
    }
    return reasons;
  }

  /** null when the evidence has nothing to show */
  private reasonOf(kind: Kind, track: number): Unweighted | null {
    const { retrieved, evidence, query } = this;
    const { dataset, catalogue } = retrieved;
    const artist = catalogue.artistOf[track]!;
    if (kind === 'playlists') return neighbourReason(dataset, query, track, this.similarityOf);
    if (kind === 'title')
      return (
        titleReason(dataset, query.title, track, this.titleSimilarityOf) ?? namedReason(dataset, evidence.named, artist)
      );
    if (kind === 'popularity') return popularityReason(dataset.ownersOf(track), dataset.owners.count);
    if (kind === 'audio') return this.soundReason(track);
    if (artist < 0 || query.seeds.length === 0) return null;
    return kind === 'artists' ? this.artistReason(artist) : this.genreReason(artist);
  }

  private soundReason(track: number): Unweighted | null {
    const { liked } = this;
    const { dataset, catalogue } = this.retrieved;
    const { measured, heard } = catalogue;
    // Seeds without measurements give null, which is cached as well.
    if (this.pointing === undefined)
      this.pointing = measured?.query(liked, new Float32Array(liked.length).fill(1)) ?? null;
    const text = [
      measured?.knows(track) && this.pointing ? measuredPhrase(measured, dataset, this.pointing, track) : '',
      soundsLikePhrase(heard?.knows(track) ? heard.shared(dataset, liked, track) : []),
    ]
      .filter((phrase) => phrase !== '')
      .join('; ');
    return text === '' ? null : { kind: 'audio', text };
  }

  private artistReason(artist: number): Unweighted | null {
    const { dataset, artists } = this.retrieved;
    const own = this.seedsOf.get(artist);
    if (!own && artists.entries[artist] === 0) return null;
    const name = dataset.artists.names.get(artist);
    if (own) return { kind: 'artists', text: `Also by ${name}`, tracks: own, artists: [artist] };
    return { kind: 'artists', text: `Fans of ${this.likedArtists} also collect ${name}`, artists: [artist] };
  }

  private genreReason(artist: number): Unweighted | null {
    const { dataset } = this.retrieved;
    const { ptr, idx } = dataset.artists.genres;
    const shared: number[] = [];
    for (let e = ptr[artist]!; e < ptr[artist + 1]! && shared.length < GENRES_NAMED; e++)
      if (this.likedGenres.has(idx[e]!)) shared.push(idx[e]!);
    if (shared.length === 0) return null;
    const key = shared.join();
    let text = this.genreTexts.get(key);
    if (text === undefined) {
      const names = shared.map((genre) => dataset.genres.id(genre));
      this.genreTexts.set(key, (text = genreText(names, this.query.seeds.length)));
    }
    return { kind: 'genres', text };
  }
}

function popularityReason(holders: number, owners: number): Unweighted | null {
  if (holders === 0) return null;
  const text =
    holders >= POPULAR * owners
      ? `Popular in this library — ${holders} playlists`
      : `On ${holders} ${holders === 1 ? 'playlist' : 'playlists'} in this library`;
  return { kind: 'popularity', text };
}

/** The retrievers' relative scores in the row at rows[at], in the order of GROUPS. */
function relative(rows: Float32Array, at: number): number[] {
  const score = (retriever: Retriever): number => rows[at + AT[`${retriever} score`]]! || 0;
  return [
    score('tracks') + score('blend'),
    score('artists') + score('spread'),
    score('title'),
    score('genres') * 0.3,
    0,
    0,
  ];
}
