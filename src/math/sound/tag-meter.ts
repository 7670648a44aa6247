import { LogMel } from './log-mel.ts';
import { PatchSample } from './patch-sample.ts';
import { EMBEDDING, PATCH_SIZE, TAGS, type TagNetwork } from './tag-network.ts';

/** Patches of three seconds that are analysed per recording, evenly spread. */
const PATCHES = 12;

/** The network's outputs for a recording: means over the patches. */
export interface TagMeasurement {
  /** TAGS probabilities, 0–1. */
  readonly tags: Float64Array;
  /** EMBEDDING numbers. */
  readonly embedding: Float64Array;
}

/**
 * Analyses a recording that arrives in pieces with a network, in 2 MB of memory whatever its length. Free it in a `finally`; this does not free the
 * network.
 */
export class TagMeter {
  private readonly network: TagNetwork;
  private readonly sample = new PatchSample(PATCH_SIZE, PATCHES);
  private readonly spectrum: LogMel;

  /** @param rate in Hz @throws SegueError OUT_OF_RANGE */
  constructor(rate: number, network: TagNetwork) {
    this.network = network;
    this.spectrum = new LogMel(rate, (frame) => this.sample.push(frame));
  }

  /** @param channels one array each, equally long, in [−1, 1] */
  push(channels: readonly Float32Array[]): void {
    this.spectrum.push(channels);
  }

  /** null for recordings shorter than three seconds. */
  finish(): TagMeasurement | null {
    this.spectrum.finish();
    const patches = this.sample.spread();
    if (patches.length === 0) return null;
    const tags = new Float64Array(TAGS);
    const embedding = new Float64Array(EMBEDDING);
    for (const patch of patches) {
      const heard = this.network.hear(patch);
      for (let i = 0; i < TAGS; i++) tags[i]! += heard.tags[i]! / patches.length;
      for (let i = 0; i < EMBEDDING; i++) embedding[i]! += heard.embedding[i]! / patches.length;
    }
    return { tags, embedding };
  }

  free(): void {
    this.spectrum.free();
  }
}
