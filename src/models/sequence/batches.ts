import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import type { Rng } from '../../math/rng.ts';
import type { SequenceConfig } from './config.ts';
import { sequenceOf } from './order.ts';
import { Composition, type Tokens } from './tokens.ts';

/** Positions that are trained together; inputs and outputs are composed of rows of the table. */
export interface Batch {
  /** Sequence s has the positions starts[s] … starts[s + 1). */
  readonly starts: Int32Array;
  /** positions × table rows: the token at each position. */
  readonly inputs: Csr;
  /** positions × table rows: the track that follows. */
  readonly outputs: Csr;
  /** Number of the track that follows each position. */
  readonly targets: Int32Array;
}

/** Even a small library gets this many steps per epoch. */
const LEAST_BATCHES = 16;

interface Piece {
  readonly owner: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts owners' sequences into pieces no longer than the window, at different places in every epoch, and packs them into batches. */
export class Batches {
  /** Most positions in a batch. */
  readonly capacity: number;
  /** Approximate number of batches per epoch. */
  readonly about: number;
  private readonly batch: number;
  private readonly dataset: Dataset;
  private readonly tokens: Tokens;
  private readonly config: SequenceConfig;
  private readonly sequences: readonly Int32Array[];
  private readonly titles: readonly (readonly number[])[];
  private readonly longestTitle: number;

  constructor(dataset: Dataset, tokens: Tokens, config: SequenceConfig) {
    this.dataset = dataset;
    this.tokens = tokens;
    this.config = config;
    const { count, titles } = dataset.owners;
    this.sequences = Array.from({ length: count }, (_, owner) => sequenceOf(dataset, owner));
    this.titles = Array.from({ length: count }, (_, owner) => tokens.titleRows(titles.get(owner)));
    this.longestTitle = this.titles.reduce((most, rows) => Math.max(most, rows.length), 0);
    const positions = this.sequences.reduce((sum, s) => sum + s.length, 0);
    this.batch = Math.max(1, Math.min(config.batch, Math.ceil(positions / LEAST_BATCHES)));
    this.capacity = this.batch + config.window + 1;
    this.about = Math.max(1, Math.ceil(positions / this.batch));
  }

  *epoch(rng: Rng): Generator<Batch> {
    const { window, titleDropout } = this.config;
    const pieces = rng.shuffle(this.pieces(rng, window));
    const room = this.capacity + 2;
    const inputs = new Composition(room, room * (2 + this.longestTitle));
    const outputs = new Composition(room, room * 2);
    const targets = new Int32Array(room);
    let starts = [0];
    const finish = (): Batch => ({
      starts: Int32Array.from(starts),
      inputs: inputs.matrix(this.tokens.count),
      outputs: outputs.matrix(this.tokens.count),
      targets: targets.slice(0, inputs.count),
    });
    for (const { owner, from, to } of pieces) {
      const sequence = this.sequences[owner]!;
      const title = this.titles[owner]!;
      const titled = title.length > 0 && rng.uniform() >= titleDropout;
      if (titled) this.tokens.addTitle(title, inputs);
      for (let i = titled ? from : from + 1; i < to; i++) {
        if (i > from) this.tokens.addTrack(sequence[i - 1]!, inputs);
        targets[outputs.count] = sequence[i]!;
        this.tokens.addTrack(sequence[i]!, outputs);
      }
      if (inputs.count > starts.at(-1)!) starts.push(inputs.count);
      if (inputs.count < this.batch) continue;
      yield finish();
      inputs.clear();
      outputs.clear();
      starts = [0];
    }
    if (inputs.count > 0) yield finish();
  }

  private pieces(rng: Rng, window: number): Piece[] {
    const pieces: Piece[] = [];
    for (let owner = 0; owner < this.dataset.owners.count; owner++) {
      const { length } = this.sequences[owner]!;
      let from = 0;
      let to = length > window ? 1 + rng.below(window) : length;
      while (from < length) {
        pieces.push({ owner, from, to });
        from = to;
        to = Math.min(length, from + window);
      }
    }
    return pieces;
  }
}
