import type { SpectrumBlock } from '../kernels/spectrum.ts';

/** C2 to C7: below, bins are wider than a semitone; above there are mostly overtones. */
const LOWEST = 65.4;
const HIGHEST = 2093;
/** A peak counts down to this fraction of its frame's strongest, in power: −40 dB. */
const AUDIBLE = 1e-4;
/** Steps per semitone for estimating the tuning. */
const TUNINGS = 50;

/** Distribution over pitch classes from the peaks of long spectra, with the tuning estimated from the peaks themselves. */
export class PitchClasses {
  private readonly bins: number;
  private readonly low: number;
  private readonly high: number;
  private readonly width: number;
  /** Magnitude of peaks by semitone and fraction of a semitone. */
  private readonly fine = new Float64Array(12 * TUNINGS);

  /** @param size points per spectrum @param rate in Hz */
  constructor(size: number, rate: number) {
    this.bins = size / 2 + 1;
    this.width = rate / size;
    this.low = Math.max(1, Math.ceil(LOWEST / this.width));
    this.high = Math.min(this.bins - 2, Math.floor(HIGHEST / this.width));
  }

  add({ power, frames }: SpectrumBlock): void {
    const { bins, low, high, width, fine } = this;
    for (let f = 0; f < frames; f++) {
      const row = f * bins;
      let strongest = 0;
      for (let k = low; k <= high; k++) strongest = Math.max(strongest, power[row + k]!);
      if (strongest === 0) continue;
      // Frames are weighted by compressed loudness: the end of a note tells as much about the key as its beginning.
      const scale = strongest ** -0.25;
      for (let k = low; k <= high; k++) {
        const p = power[row + k]!;
        const before = power[row + k - 1]!;
        const after = power[row + k + 1]!;
        if (p < AUDIBLE * strongest || p <= before || p < after) continue;
        // The vertex of a parabola through the logarithms gives the peak of a sine under a Hann window within a few cents.
        const [a, b, c] = [Math.log(before + 1e-30), Math.log(p), Math.log(after + 1e-30)];
        const offset = (0.5 * (a - c)) / (a - 2 * b + c);
        const semitones = 12 * Math.log2(((k + offset) * width) / 440) + 69;
        const place = Math.round((semitones - 12 * Math.floor(semitones / 12)) * TUNINGS) % fine.length;
        fine[place]! += Math.sqrt(p) * scale;
      }
    }
  }

  /** Shares of the twelve classes, C first, summing to 1; null without any peak. */
  shares(): Float64Array | null {
    // Circular mean of the peaks' deviation from equal temperament at 440 Hz.
    let x = 0;
    let y = 0;
    for (let i = 0; i < this.fine.length; i++) {
      const angle = (2 * Math.PI * i) / TUNINGS;
      x += this.fine[i]! * Math.cos(angle);
      y += this.fine[i]! * Math.sin(angle);
    }
    const tuning = (Math.atan2(y, x) / (2 * Math.PI)) * TUNINGS;
    const out = new Float64Array(12);
    let total = 0;
    for (let i = 0; i < this.fine.length; i++) {
      const pitch = Math.round((i - tuning) / TUNINGS);
      out[(pitch + 12) % 12]! += this.fine[i]!;
      total += this.fine[i]!;
    }
    if (total === 0) return null;
    return out.map((value) => value / total);
  }
}
