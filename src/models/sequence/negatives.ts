import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import type { Rng } from '../../math/rng.ts';
import type { SequenceConfig } from './config.ts';
import { Composition, type Tokens } from './tokens.ts';

/** Negative samples of a batch. */
export interface Sample {
  readonly tracks: Int32Array;
  /** ln of the expected number of occurrences of each in a sample. */
  readonly corrections: Float32Array;
  /** Tracks × rows of the table. */
  readonly matrix: Csr;
}

/** Number of negatives per batch: the setting, rounded up to a multiple of 4 as the losses need. */
export function sampleSize({ negatives }: SequenceConfig): number {
  return Math.ceil(negatives / 4) * 4;
}

/**
 * Draws a batch's negatives, with replacement, from the tracks that somebody holds: uniformly for the binary loss; for the softmax, half uniformly
 * and half by number of owners.
 */
export class Negatives {
  private readonly tokens: Tokens;
  private readonly known: Int32Array;
  private readonly held: Int32Array;
  private readonly ownersOf: Int32Array;
  private readonly byFrequency: number;
  private readonly count: number;
  private readonly composition: Composition;

  constructor(tokens: Tokens, dataset: Dataset, config: SequenceConfig) {
    this.tokens = tokens;
    this.known = Int32Array.from({ length: dataset.tracks.count }, (_, t) => t).filter((t) => tokens.isKnown(t));
    this.held = dataset.byOwner.idx;
    this.ownersOf = Int32Array.from({ length: dataset.tracks.count }, (_, t) => dataset.ownersOf(t));
    this.count = sampleSize(config);
    this.byFrequency = config.loss === 'binary' ? 0 : this.count >> 1;
    this.composition = new Composition(this.count, 2 * this.count);
  }

  /** @returns valid until the next call */
  draw(rng: Rng): Sample {
    const { known, held, count, byFrequency, composition, tokens } = this;
    const tracks = new Int32Array(count);
    composition.clear();
    for (let i = 0; i < count; i++) {
      tracks[i] = i < byFrequency ? held[rng.below(held.length)]! : known[rng.below(known.length)]!;
      tokens.addTrack(tracks[i]!, composition);
    }
    const even = (count - byFrequency) / known.length;
    const corrections = Float32Array.from(tracks, (t) =>
      Math.log(even + (byFrequency * this.ownersOf[t]!) / Math.max(1, held.length)),
    );
    return { tracks, corrections, matrix: composition.matrix(tokens.count) };
  }
}
