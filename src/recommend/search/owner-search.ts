import type { Dataset } from '../../dataset/dataset.ts';
import type { OwnerSummary } from '../answers.ts';
import { TrigramIndex } from './trigram-index.ts';
import { nameTrigrams, searchWords } from './trigrams.ts';

/** Playlists and people by title or id, tolerant of typos. */
export class OwnerSearch {
  private readonly dataset: Dataset;
  private readonly index: TrigramIndex;
  /** Small bonus for larger playlists, which decides between equal titles. */
  private readonly prior: Float32Array;

  private constructor(dataset: Dataset, index: TrigramIndex) {
    this.dataset = dataset;
    this.index = index;
    const { ptr } = dataset.byOwner;
    this.prior = Float32Array.from({ length: dataset.owners.count }, (_, o) => {
      const size = ptr[o + 1]! - ptr[o]!;
      return (0.02 * size) / (size + 50);
    });
  }

  static async build(dataset: Dataset): Promise<OwnerSearch> {
    const { titles, vocabulary, count } = dataset.owners;
    const index = await TrigramIndex.build(
      count,
      (o, grams) => (titles.isEmpty(o) ? nameTrigrams(vocabulary.ids, o, grams) : nameTrigrams(titles, o, grams)),
      () => new Promise((resolve) => setImmediate(resolve)),
    );
    return new OwnerSearch(dataset, index);
  }

  /** The best matches; without any words, the first owners of the library. */
  find(text: string, limit: number): number[] {
    const direct = this.dataset.owners.vocabulary.indexOf(text.trim());
    const words = searchWords(text.slice(0, 1000)).slice(0, 24);
    if (words.length === 0) return Array.from({ length: Math.min(limit, this.dataset.owners.count) }, (_, o) => o);
    const { items } = this.index.search(words, limit, true, this.prior);
    return direct < 0 ? Array.from(items) : [direct, ...items.filter((o) => o !== direct)].slice(0, limit);
  }
}

export function ownerSummary(dataset: Dataset, owner: number): OwnerSummary {
  const { owners, byOwner } = dataset;
  return {
    id: owners.vocabulary.id(owner),
    title: owners.titles.get(owner),
    kind: owners.kind[owner] === 1 ? 'person' : 'playlist',
    tracks: byOwner.ptr[owner + 1]! - byOwner.ptr[owner]!,
    followers: owners.followers[owner]! < 0 ? null : owners.followers[owner]!,
  };
}
