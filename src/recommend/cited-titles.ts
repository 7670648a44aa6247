import { createRequire } from 'node:module';
import type * as Obscenity from 'obscenity';
import type { Dataset } from '../dataset/dataset.ts';
import type { Reason } from '../models/model.ts';
import { CRUDE_WORDS } from './crude-words.ts';
import { searchWords } from './search/trigrams.ts';

/** Loaded for the first title, so that servers and threads start without it. */
let crude: Obscenity.RegExpMatcher | null = null;

function crudeWords(): Obscenity.RegExpMatcher {
  if (crude) return crude;
  const { englishDataset, englishRecommendedTransformers, RegExpMatcher } = require('obscenity') as typeof Obscenity;
  crude = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  return crude;
}

const require = createRequire(import.meta.url);

/** Longer titles are descriptions rather than names. */
const LONGEST = 60;

const more = new RegExp(`(?<= )(?:${CRUDE_WORDS.join('|')})s?(?= )`);
/** Three or more single letters in a row: a word written with spaces. */
const SPACED = /(?<= )(?:\p{L} ){3,}/gu;

/** Whether a playlist's title contains a crude word or a slur, by the word list of the package obscenity and our own; spaced-out letters count as a word. */
export function isCrude(title: string): boolean {
  const words = ` ${searchWords(title).join(' ')} `;
  const together = words.replace(SPACED, (letters) => `${letters.replaceAll(' ', '')} `);
  return [title, together].some((text) => crudeWords().hasMatch(text)) || more.test(together);
}

/** For each owner, the distinctive words of its title; limited to what a long-running server may keep. */
const words = new WeakMap<Dataset, Map<number, string>>();
const MOST_KEPT = 50_000;

function wordsOf(dataset: Dataset, owner: number): string {
  let known = words.get(dataset);
  if (!known) words.set(dataset, (known = new Map()));
  let key = known.get(owner);
  if (key === undefined) {
    if (known.size >= MOST_KEPT) known.clear();
    key = searchWords(dataset.owners.titles.get(owner)).join(' ');
    known.set(owner, key);
  }
  return key;
}

/** For each owner, whether the title may be cited: 0 = not yet checked, 1 = yes, 2 = no. Kept as long as the dataset. */
const fitness = new WeakMap<Dataset, Uint8Array>();

function mayBeCited(dataset: Dataset, owner: number): boolean {
  let known = fitness.get(dataset);
  if (!known) fitness.set(dataset, (known = new Uint8Array(dataset.owners.count)));
  known[owner] ||= isCrude(dataset.owners.titles.get(owner)) ? 2 : 1;
  return known[owner] === 1;
}

/** The titles of other people's playlists cited in one list: each at most once, crude ones never. */
export class CitedTitles {
  private readonly dataset: Dataset;
  private readonly cited = new Set<string>();

  constructor(dataset: Dataset) {
    this.dataset = dataset;
  }

  mayBeShown(owner: number): boolean {
    return mayBeCited(this.dataset, owner);
  }

  /** Inserts one of the reason's playlist titles into its text, when the text has a place for it and a suitable title has not been cited yet. */
  complete({ text, owners, citation }: Reason): string {
    if (!citation || !owners) return text;
    for (const owner of owners) {
      const key = wordsOf(this.dataset, owner);
      if (key === '' || this.cited.has(key)) continue;
      const title = this.dataset.owners.titles.get(owner).trim();
      if (title.length > LONGEST || !this.mayBeShown(owner)) continue;
      this.cited.add(key);
      const { at, only } = citation;
      return `${text.slice(0, at)}${only ? ',' : ', such as'} “${title}”${text.slice(at)}`;
    }
    return text;
  }
}
