import { SegueError } from '../../errors.ts';
import { load } from './kernels.ts';
import { addressOf, Region } from './memory.ts';

/** Zero crossings of the sinc on each side, and the shape of the Kaiser window: −80 dB beyond the transition band. */
const CROSSINGS = 16;
const BETA = 8;
/** Passband as a share of the lower Nyquist frequency; the rest is the transition band. */
const PASS = 0.94;
/** Input samples processed at a time. */
const CHUNK = 1 << 15;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Modified Bessel function of the first kind and order 0, by its power series. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** The filters of a conversion by L / M: phases × taps, each phase with gain 1 for constants. */
export function resamplingFilters(
  from: number,
  to: number,
): { filters: Float32Array; phases: number; taps: number; step: number } {
  const common = gcd(from, to);
  const phases = to / common;
  const step = from / common;
  const ratio = Math.max(1, from / to);
  const reach = CROSSINGS * ratio;
  const taps = Math.ceil((2 * reach) / 4) * 4;
  const filters = new Float32Array(phases * taps);
  const scale = bessel0(BETA);
  const row = new Float64Array(taps);
  for (let p = 0; p < phases; p++) {
    let sum = 0;
    for (let t = 0; t < taps; t++) {
      const x = t - (taps / 2 - 1) - p / phases;
      const edge = x / (taps / 2);
      const angle = (Math.PI * x * PASS) / ratio;
      const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
      row[t] = Math.abs(edge) > 1 ? 0 : (sinc * bessel0(BETA * Math.sqrt(1 - edge * edge))) / scale;
      sum += row[t]!;
    }
    for (let t = 0; t < taps; t++) filters[p * taps + t] = row[t]! / sum;
  }
  return { filters, phases, taps, step };
}

/**
 * Resamples audio that arrives in pieces of any length, by windowed sinc filters in exact rational phases. Output i is at input time i · from / to;
 * the signal counts as silent before the beginning and after the end. Free it in a `finally`.
 */
export class Resampler {
  private readonly region = new Region();
  private readonly from: number;
  private readonly to: number;
  private readonly filters: Float32Array;
  private readonly phases: number;
  private readonly taps: number;
  private readonly step: number;
  private readonly input: Float32Array;
  private readonly output: Float32Array;
  private held: number;
  /** State of the next output: its phase, and the first input of its filter in the buffer. */
  private phase = 0;
  private first = 0;
  private taken = 0;
  private given = 0;

  /** @param from, to in Hz, whole numbers up to 768,000 @throws SegueError OUT_OF_RANGE */
  constructor(from: number, to: number) {
    for (const rate of [from, to])
      if (!Number.isInteger(rate) || rate < 1000 || rate > 768_000)
        throw new SegueError('OUT_OF_RANGE', { got: `a sampling rate of ${rate} Hz`, expected: '1,000 to 768,000 Hz' });
    const { filters, phases, taps, step } = resamplingFilters(from, to);
    this.from = from;
    this.to = to;
    this.filters = this.region.place(filters);
    this.phases = phases;
    this.taps = taps;
    this.step = step;
    this.input = this.region.float32(CHUNK + taps);
    this.output = this.region.float32(Math.ceil(((CHUNK + taps) * to) / from) + 1);
    this.held = taps / 2 - 1;
  }

  /** @param onOutput receives a view that the next call overwrites */
  push(samples: Float32Array, onOutput: (samples: Float32Array) => void): void {
    this.taken += samples.length;
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, this.input.length - this.held);
      this.input.set(samples.subarray(from, from + count), this.held);
      this.held += count;
      from += count;
      this.run(onOutput, Number.POSITIVE_INFINITY);
    }
  }

  /** Gives the remaining outputs: ⌈inputs · to / from⌉ in total. */
  flush(onOutput: (samples: Float32Array) => void): void {
    const wanted = Math.ceil((this.taken * this.to) / this.from);
    while (this.given < wanted) {
      const count = Math.min(this.taps, this.input.length - this.held);
      this.input.fill(0, this.held, this.held + count);
      this.held += count;
      this.run(onOutput, wanted - this.given);
    }
  }

  free(): void {
    this.region.free();
  }

  private run(onOutput: (samples: Float32Array) => void, most: number): void {
    const { phases, step, taps } = this;
    const room = this.held - taps - this.first;
    // Output i needs ⌊(phase + i · step) / phases⌋ ≤ room.
    const possible = room < 0 ? 0 : Math.floor((room * phases + phases - 1 - this.phase) / step) + 1;
    const count = Math.min(possible, most, this.output.length);
    if (count > 0) {
      load().kernels.resamplePhases!(
        addressOf(this.input),
        this.first,
        this.phase,
        Math.floor(step / phases),
        step % phases,
        phases,
        taps,
        addressOf(this.filters),
        addressOf(this.output),
        count,
      );
      const advanced = this.phase + count * step;
      this.first += Math.floor(advanced / phases);
      this.phase = advanced % phases;
      this.given += count;
      onOutput(this.output.subarray(0, count));
    }
    const drop = Math.min(this.first, this.held);
    this.input.copyWithin(0, drop, this.held);
    this.held -= drop;
    this.first -= drop;
  }
}
