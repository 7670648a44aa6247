import { type NamedArtist, readArtist } from './artist-names.ts';
import type { GenrePhrases } from './genre-phrases.ts';
import { BY, FAME, type FeatureBound, FILLERS, LIKE, MOOD_BOUNDS, NEGATIONS } from './lexicon.ts';
import { readTempo } from './tempo.ts';
import { type Token, tokensOf } from './tokens.ts';
import { readYears, type Span, type YearRange } from './years.ts';

/** What a part of a text requires of the songs. */
export type Demand =
  | { readonly kind: 'years'; readonly range: YearRange }
  | { readonly kind: 'genre'; readonly genres: readonly string[]; readonly never: boolean }
  | { readonly kind: 'mood'; readonly bounds: readonly FeatureBound[] }
  | { readonly kind: 'tempo'; readonly from: number; readonly to: number }
  | { readonly kind: 'popularity'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'explicit'; readonly allowed: boolean }
  | { readonly kind: 'artist'; readonly artists: readonly number[]; readonly how: 'only' | 'like' | 'never' };

/** A part of a text that was understood. */
export interface Part {
  /** The same for the same demand in any text; identifies a removed chip. */
  readonly id: string;
  readonly label: string;
  /** Characters [from, to) of the text. */
  readonly from: number;
  readonly to: number;
  readonly demand: Demand;
  /** Whether the words also belong to the title that the models read. */
  readonly evidence: boolean;
}

export interface Words {
  readonly genres: GenrePhrases;
  /** Artist numbers of a name. */
  readonly artistsNamed: (name: string) => readonly number[];
}

type Meaning = Omit<Part, 'from' | 'to'>;

/** The requirements of a text, in order: years, genres, moods, tempo, fame, explicitness, artists. Takes time proportional to its length. */
export function understand(text: string, words: Words): Part[] {
  const tokens = tokensOf(text);
  const parts: Part[] = [];
  let at = 0;
  while (at < tokens.length) {
    const found = negated(text, tokens, at, words) ?? artist(text, tokens, at, words) ?? plain(tokens, at, words);
    if (!found) {
      at++;
      continue;
    }
    const last = tokens[at + found.words - 1]!;
    parts.push({ ...found.value, from: tokens[at]!.from, to: last.to });
    at += found.words;
    at += joinedArtists(text, tokens, at, found.value.demand, words, parts);
  }
  return parts;
}

/** "not too slow", "no rap", "without Drake": a negation, at most two filler words, and what is not wanted. */
function negated(text: string, tokens: readonly Token[], at: number, words: Words): Span<Meaning> | null {
  if (!NEGATIONS.has(tokens[at]!.word)) return null;
  for (let skip = 1; skip <= 3 && at + skip < tokens.length; skip++) {
    const start = at + skip;
    const { word } = tokens[start]!;
    if (word === 'explicit' || word === 'swearing') return span(skip + 1, explicit(false));
    const bounds = MOOD_BOUNDS.get(word);
    if (bounds)
      return span(skip + 1, {
        ...mood(word, [opposite(bounds[0]!)]),
        id: `-mood:${word}`,
        label: `Not ${word}`,
        evidence: false,
      });
    const genre = words.genres.read(tokens, start);
    if (genre) return span(skip + genre.words, genreMeaning(tokens, start, genre, true));
    const named = readArtist(text, tokens, start, words.artistsNamed);
    if (named) return span(skip + named.words, artistMeaning(named.value, 'never'));
    if (!FILLERS.has(word) && word !== 'so' && word !== 'more') return null;
  }
  return null;
}

/** "like Radiohead", "similar to Muse", "by Queen": a word that introduces an artist, at most two filler words, and the name. */
function artist(text: string, tokens: readonly Token[], at: number, words: Words): Span<Meaning> | null {
  const { word } = tokens[at]!;
  const how = BY.has(word) ? 'only' : LIKE.has(word) ? 'like' : null;
  if (!how) return null;
  for (let skip = 1; skip <= 3 && at + skip < tokens.length; skip++) {
    const named = readArtist(text, tokens, at + skip, words.artistsNamed);
    if (named) return span(skip + named.words, artistMeaning(named.value, how));
    if (!FILLERS.has(tokens[at + skip]!.word)) return null;
  }
  return null;
}

/** Further names after the first: "like Radiohead, Muse and Coldplay". @returns number of words used */
function joinedArtists(
  text: string,
  tokens: readonly Token[],
  from: number,
  before: Demand,
  words: Words,
  parts: Part[],
): number {
  if (before.kind !== 'artist') return 0;
  let at = from;
  while (at < tokens.length) {
    const { word } = tokens[at]!;
    const joins = word === 'and' || word === 'or' ? 1 : 0;
    const comma = /[,&+]/.test(text.slice(tokens[at - 1]!.to, tokens[at]!.from));
    if ((joins === 0 && !comma) || at + joins >= tokens.length) break;
    const named = readArtist(text, tokens, at + joins, words.artistsNamed);
    if (!named) break;
    const end = at + joins + named.words;
    parts.push({ ...artistMeaning(named.value, before.how), from: tokens[at]!.from, to: tokens[end - 1]!.to });
    at = end;
  }
  return at - from;
}

function plain(tokens: readonly Token[], at: number, words: Words): Span<Meaning> | null {
  const { word } = tokens[at]!;
  const years = readYears(tokens, at);
  if (years) return span(years.words, yearsMeaning(years.value));
  const tempo = readTempo(tokens, at);
  if (tempo) {
    const { from, to } = tempo.value;
    const demand = { kind: 'tempo', from, to } as const;
    return span(tempo.words, { id: `tempo:${from}-${to}`, label: `${from}–${to} BPM`, demand, evidence: false });
  }
  const bounds = MOOD_BOUNDS.get(word);
  if (bounds) return span(1, mood(word, bounds));
  const genre = words.genres.read(tokens, at);
  if (genre) return span(genre.words, genreMeaning(tokens, at, genre, false));
  const fame = FAME.get(word);
  if (fame) {
    const demand = { kind: 'popularity', ...fame } as const;
    return span(1, { id: `popularity:${word}`, label: capitalised(word), demand, evidence: true });
  }
  if (word === 'explicit') return span(1, explicit(true));
  if (word === 'clean') return span(1, explicit(false));
  return null;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const span = <T>(words: number, value: T): Span<T> => ({ words, value });

function mood(word: string, bounds: readonly FeatureBound[]): Meaning {
  return { id: `mood:${word}`, label: capitalised(word), demand: { kind: 'mood', bounds }, evidence: true };
}

/** The range on the other side of a bound. */
function opposite({ feature, from, to }: FeatureBound): FeatureBound {
  return from !== undefined ? { feature, to: from } : { feature, from: to! };
}

function explicit(allowed: boolean): Meaning {
  const label = allowed ? 'Explicit only' : 'Not explicit';
  return { id: `explicit:${allowed}`, label, demand: { kind: 'explicit', allowed }, evidence: false };
}

function yearsMeaning(range: YearRange): Meaning {
  const { from, to } = range;
  const label =
    from === undefined ? `Until ${to}` : to === undefined ? `Since ${from}` : from === to ? `${from}` : `${from}–${to}`;
  return { id: `years:${from ?? ''}-${to ?? ''}`, label, demand: { kind: 'years', range }, evidence: true };
}

function genreMeaning(
  tokens: readonly Token[],
  at: number,
  { words, value }: Span<readonly string[]>,
  never: boolean,
): Meaning {
  const phrase = tokens
    .slice(at, at + words)
    .map(({ word }) => word)
    .join(' ');
  const demand = { kind: 'genre', genres: value, never } as const;
  if (never) return { id: `-genre:${phrase}`, label: `No ${phrase}`, demand, evidence: false };
  return { id: `genre:${phrase}`, label: capitalised(phrase), demand, evidence: true };
}

function artistMeaning({ name, artists }: NamedArtist, how: 'only' | 'like' | 'never'): Meaning {
  const label = how === 'only' ? `By ${name}` : how === 'like' ? `Like ${name}` : `Without ${name}`;
  const id = `artist:${how}:${name.toLowerCase()}`;
  return { id, label, demand: { kind: 'artist', artists, how }, evidence: how === 'only' };
}
