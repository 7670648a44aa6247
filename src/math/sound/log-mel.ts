import { Resampler } from '../kernels/resample.ts';
import { Spectra, type SpectrumBlock } from '../kernels/spectrum.ts';
import { melBank, SLANEY } from './mel-bank.ts';
import { Mono } from './mono.ts';
import { PATCH_BANDS } from './tag-network.ts';

/** Parameters of the spectra that the network was trained on. */
const RATE = 16_000;
const FRAME = 512;
const HOP = 256;

/**
 * Frames of log10(1 + 10,000 · mel power) of a recording that arrives in pieces, in mono at 16 kHz: PATCH_BANDS bands on Slaney's scale up to 8 kHz,
 * every 16 ms. Each frame is centred on its sample, with silence before the beginning and after the end. Free it in a `finally`.
 */
export class LogMel {
  private readonly onFrame: (frame: Float32Array) => void;
  /** null when the recording already has this rate. */
  private readonly resampler: Resampler | null;
  private readonly spectra: Spectra;
  private readonly mono = new Mono();
  private readonly frame = new Float32Array(PATCH_BANDS);

  /** @param rate in Hz @param onFrame receives an array that the next frame overwrites @throws SegueError OUT_OF_RANGE */
  constructor(rate: number, onFrame: (frame: Float32Array) => void) {
    this.onFrame = onFrame;
    this.resampler = rate === RATE ? null : new Resampler(rate, RATE);
    const bank = melBank(PATCH_BANDS, 0, RATE / 2, FRAME, RATE, SLANEY);
    this.spectra = new Spectra(FRAME, HOP, (block) => this.block(block), bank);
    this.spectra.push(new Float32Array(FRAME / 2));
  }

  /** @param channels one array each, equally long, in [−1, 1] */
  push(channels: readonly Float32Array[]): void {
    const mono = this.mono.mix(channels);
    if (this.resampler) this.resampler.push(mono, this.take);
    else this.take(mono);
  }

  /** Delivers the last frames. */
  finish(): void {
    this.resampler?.flush(this.take);
    this.spectra.push(new Float32Array(FRAME / 2));
    this.spectra.flush();
  }

  free(): void {
    this.resampler?.free();
    this.spectra.free();
  }

  private readonly take = (samples: Float32Array): void => this.spectra.push(samples);

  private block({ frames, bands }: SpectrumBlock): void {
    const { frame } = this;
    for (let f = 0; f < frames; f++) {
      for (let b = 0; b < PATCH_BANDS; b++) frame[b] = Math.log10(1 + 10_000 * bands[f * PATCH_BANDS + b]!);
      this.onFrame(frame);
    }
  }
}
