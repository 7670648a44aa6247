import { AUDIO_FEATURES } from './audio-features.ts';

const WIDTH = AUDIO_FEATURES.length;
/** Maximum number of tracks of a block, as a power of two. Blocks of 50 MB are returned to the system at once; smaller ones stay with the process. */
const BITS = 20;
const BLOCK = 1 << BITS;
/** Least tracks of a block. */
const SMALL = 1 << 8;

/**
 * The tracks' audio features while a dataset is built: a matrix of tracks × 12 in blocks, which exist where a track has any. Only a block is copied as
 * it grows: the matrix of five million tracks has 240 MB, and doubling it would hold three times that.
 */
export class FeatureRows {
  private readonly blocks: (Float32Array | undefined)[] = [];

  /** Begins with the rows of a dataset, NaN where a value is missing. */
  adopt(features: Float32Array): void {
    for (let track = 0, at = 0; at < features.length; track += BLOCK, at += BLOCK * WIDTH) {
      const rows = features.subarray(at, at + BLOCK * WIDTH);
      // Datasets of earlier versions have the matrix even where nothing is in it.
      if (!rows.every(Number.isNaN)) this.blockOf(track + rows.length / WIDTH - 1).set(rows);
    }
  }

  /** Takes the values that these tracks do not have yet. @param from a row for each of them, NaN where a value is missing; empty when none has any */
  fill(tracks: Int32Array, from: Float32Array): void {
    if (from.length === 0) return;
    for (let i = 0; i < tracks.length; i++) {
      const track = tracks[i]!;
      const to = (track & (BLOCK - 1)) * WIDTH;
      let block = this.blocks[track >>> BITS];
      for (let f = 0; f < WIDTH; f++) {
        const value = from[i * WIDTH + f]!;
        if (Number.isNaN(value)) continue;
        if (!block || to >= block.length) block = this.blockOf(track);
        if (Number.isNaN(block[to + f]!)) block[to + f] = value;
      }
    }
  }

  /** The matrix of this many tracks, empty if none has a feature. Releases the blocks one by one as their rows are copied. */
  take(tracks: number): Float32Array {
    if (this.blocks.length === 0) return new Float32Array(0);
    const features = new Float32Array(tracks * WIDTH);
    for (let first = 0; first < tracks; first += BLOCK) {
      const rows = features.subarray(first * WIDTH, Math.min(tracks, first + BLOCK) * WIDTH);
      const block = this.blocks[first >>> BITS];
      if (!block) {
        rows.fill(Number.NaN);
        continue;
      }
      const known = block.subarray(0, rows.length);
      rows.set(known);
      rows.fill(Number.NaN, known.length);
      (block.buffer as ArrayBuffer).transfer(0);
    }
    this.blocks.length = 0;
    return features;
  }

  /** The block of a track, with room for it. */
  private blockOf(track: number): Float32Array {
    const number = track >>> BITS;
    // Without holes, which would make it slow.
    while (this.blocks.length <= number) this.blocks.push(undefined);
    const block = this.blocks[number];
    let rows = block ? block.length / WIDTH : SMALL;
    while (rows <= (track & (BLOCK - 1))) rows *= 2;
    if (block && block.length === rows * WIDTH) return block;
    const grown = new Float32Array(rows * WIDTH).fill(Number.NaN);
    if (block) grown.set(block);
    this.blocks[number] = grown;
    return grown;
  }
}
