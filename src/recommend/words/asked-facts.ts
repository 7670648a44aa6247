import { AUDIO_FEATURES } from '../../dataset/audio-features.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { genreWords } from '../../features/genre-words.ts';
import { joined, LEVELS } from '../../features/sound-words.ts';
import type { Reason } from '../../models/model.ts';
import { genreNumbers } from '../describe.ts';
import type { FeatureBound } from './lexicon.ts';
import type { Demand } from './understand.ts';

/** Features between these values, 0–1, are neither low nor high enough for their word. */
const LOW = 0.4;
const HIGH = 0.6;
const MOST_GENRES = 2;

/**
 * Describes how a song meets the requirements of a text: "Grunge from 1991, energetic, 117 BPM". Mentions only what the text requires and is known of
 * the song.
 * @returns null when there is nothing to say
 */
export function askedFacts(dataset: Dataset, demands: readonly Demand[]): (track: number) => Reason | null {
  const of = <K extends Demand['kind']>(kind: K) =>
    demands.filter((demand): demand is Extract<Demand, { kind: K }> => demand.kind === kind);
  const genres = new Set(of('genre').flatMap((demand) => (demand.never ? [] : demand.genres)));
  const bounds = of('mood').flatMap((demand) => demand.bounds);
  const wantsTempo = of('tempo').length > 0 || bounds.some(({ feature }) => feature === 'tempo');
  return (track) => {
    const { year, popularity } = dataset.tracks;
    const named = genres.size === 0 ? [] : genresAmong(dataset, track, genres);
    const from = of('years').length > 0 && year[track]! >= 0 ? `from ${year[track]}` : '';
    const sound = [...new Set(bounds.map((bound) => levelOf(dataset, track, bound)))];
    if (wantsTempo) sound.push(tempoOf(dataset, track));
    const heard = sound.filter(Boolean);
    const what = [joined(named), from].filter(Boolean).join(' ');
    // On its own, an adjective needs a verb.
    if (what === '' && heard.length > 0 && !/\d/.test(heard[0]!)) heard[0] = `sounds ${heard[0]}`;
    const known =
      of('popularity').length > 0 && popularity[track]! >= 0 ? `popularity ${popularity[track]} of 100` : '';
    const text = [what, ...heard, known].filter(Boolean).join(', ');
    if (text === '') return null;
    return {
      kind: named.length > 0 ? 'genres' : from ? 'era' : known === text ? 'popularity' : 'audio',
      share: 0,
      text,
    };
  };
}

function genresAmong(dataset: Dataset, track: number, wanted: ReadonlySet<string>): string[] {
  return Array.from(genreNumbers(dataset, track), (genre) => dataset.genres.id(genre))
    .filter((genre, _, all) => wanted.has(genre) && !all.some((other) => other.endsWith(` ${genre}`)))
    .slice(0, MOST_GENRES)
    .map(genreWords);
}

const columnOf = (id: string): number => AUDIO_FEATURES.findIndex((feature) => feature.id === id);

function levelOf(dataset: Dataset, track: number, { feature, from }: FeatureBound): string {
  const level = LEVELS[feature];
  const value = dataset.feature(track, columnOf(feature));
  if (!level || feature === 'speechiness' || feature === 'loudness') return '';
  return from !== undefined ? (value >= HIGH ? level[1] : '') : value <= LOW ? level[0] : '';
}

function tempoOf(dataset: Dataset, track: number): string {
  const tempo = dataset.feature(track, columnOf('tempo'));
  return Number.isNaN(tempo) ? '' : `${Math.round(tempo)} BPM`;
}
