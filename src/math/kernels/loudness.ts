import { load } from './kernels.ts';
import { addressOf, Region } from './memory.ts';

/** Loudness of full-scale silence and below: the absolute gate. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = 10;
/** Hops of 100 ms in a block of 400 ms. */
const HOPS = 4;

/**
 * K-weighting of BS.1770-4, annex 1, for any rate: a shelf of +4 dB above 1.68 kHz and a high pass at 38 Hz, as the bilinear transforms of the
 * analogue filters that give the standard's coefficients at 48 kHz (Brecht De Man, "Evaluation of Implementations of the EBU R128 Loudness
 * Measurement", 2018). b0 b1 b2 a1 a2 of both sections.
 */
export function kWeighting(rate: number): Float64Array {
  const shelf = Math.tan((Math.PI * 1681.9744509555319) / rate);
  const q = 0.7071752369554193;
  const high = 10 ** (3.99984385397 / 20);
  const band = high ** 0.499666774155;
  const a0 = 1 + shelf / q + shelf * shelf;
  const pass = Math.tan((Math.PI * 38.13547087613982) / rate);
  const p = 0.5003270373253953;
  const c0 = 1 + pass / p + pass * pass;
  return Float64Array.of(
    (high + (band * shelf) / q + shelf * shelf) / a0,
    (2 * (shelf * shelf - high)) / a0,
    (high - (band * shelf) / q + shelf * shelf) / a0,
    (2 * (shelf * shelf - 1)) / a0,
    (1 - shelf / q + shelf * shelf) / a0,
    1,
    -2,
    1,
    (2 * (pass * pass - 1)) / c0,
    (1 - pass / p + pass * pass) / c0,
  );
}

const loudnessOf = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare);

/**
 * Integrated loudness in LUFS (ITU-R BS.1770-4): mean squares of K-weighted blocks of 400 ms every 100 ms, leaving out blocks below −70 LUFS, then
 * those more than 10 LU below the mean of the rest. Each channel weighs 1: mono is one channel, stereo two. Free it in a `finally`.
 */
export class LoudnessMeter {
  private readonly region = new Region();
  private readonly sections: Float64Array;
  /** Delays of the filters, of two channels each. */
  private readonly states: Float64Array[];
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private readonly energies: Float64Array;
  private readonly hop: number;
  private readonly channels: number;
  private filled = 0;
  private energy = 0;
  /** Mean square of each 100 ms, summed over channels. */
  private readonly hops: number[] = [];

  /** @param rate in Hz @param channels at least 1 */
  constructor(rate: number, channels: number) {
    this.hop = Math.round(rate / 10);
    this.channels = channels;
    this.sections = this.region.place(kWeighting(rate));
    this.states = Array.from({ length: Math.ceil(channels / 2) }, () => this.region.float64(8));
    this.left = this.region.float32(this.hop);
    this.right = this.region.float32(this.hop);
    this.energies = this.region.float64(2);
  }

  /** @param samples one array per channel, equally long, in [−1, 1] */
  push(samples: readonly Float32Array[]): void {
    const length = samples[0]!.length;
    for (let from = 0; from < length; ) {
      const count = Math.min(length - from, this.hop - this.filled);
      for (let c = 0; c < this.channels; c += 2) this.pair(samples, c, from, count);
      this.filled += count;
      from += count;
      if (this.filled === this.hop) {
        this.hops.push(this.energy / this.hop);
        this.energy = 0;
        this.filled = 0;
      }
    }
  }

  /** Channels are processed in pairs; an odd last one is paired with itself and counts once. */
  private pair(samples: readonly Float32Array[], c: number, from: number, count: number): void {
    const [one, other] = [samples[c]!, samples[c + 1]];
    this.left.set(one.subarray(from, from + count));
    if (other) this.right.set(other.subarray(from, from + count));
    load().kernels.filteredEnergies!(
      addressOf(this.left),
      addressOf(other ? this.right : this.left),
      count,
      addressOf(this.sections),
      addressOf(this.states[c >> 1]!),
      addressOf(this.energies),
    );
    this.energy += this.energies[0]!;
    if (other) this.energy += this.energies[1]!;
  }

  /** NaN when nothing reaches −70 LUFS, or there are less than 400 ms. */
  integrated(): number {
    const blocks: number[] = [];
    for (let i = HOPS; i <= this.hops.length; i++) {
      let sum = 0;
      for (let h = i - HOPS; h < i; h++) sum += this.hops[h]!;
      blocks.push(sum / HOPS);
    }
    const audible = blocks.filter((block) => loudnessOf(block) > ABSOLUTE_GATE);
    const gate = loudnessOf(mean(audible)) - RELATIVE_GATE;
    return loudnessOf(mean(audible.filter((block) => loudnessOf(block) > gate)));
  }

  free(): void {
    this.region.free();
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
