import { SegueError } from '../../errors.ts';
import { load } from './kernels.ts';
import { addressOf, Region } from './memory.ts';

/** Frames whose spectra are held in memory at a time. */
const BLOCK = 64;

/** Filters over the bins of a spectrum: filter b weights the bins from starts[b] on by weights[ptr[b] … ptr[b + 1]) and sums them. */
export interface FilterBank {
  readonly starts: Int32Array;
  readonly ptr: Int32Array;
  readonly weights: Float32Array;
}

/** Spectra of a block of frames; views of kernel memory that the next block overwrites. */
export interface SpectrumBlock {
  /** Number of the block's first frame. */
  readonly first: number;
  readonly frames: number;
  /** frames × (size / 2 + 1) */
  readonly power: Float32Array;
  /** frames × filters; empty without a bank. */
  readonly bands: Float32Array;
  /** frames × 3: Σ m, Σ k · m, Σ k² · m over the magnitudes m of bins k ≥ 1. */
  readonly moments: Float32Array;
}

/**
 * Short-time power spectra under a Hann window, |FFT|² without scaling, of samples that arrive in pieces of any length. Frame f covers samples [f ·
 * hop, f · hop + size); an incomplete last frame is dropped. Free it in a `finally`.
 */
export class Spectra {
  readonly size: number;
  readonly hop: number;
  private readonly region = new Region();
  private readonly onBlock: (block: SpectrumBlock) => void;
  private readonly window: Float32Array;
  private readonly reversed: Int32Array;
  private readonly cosines: Float32Array;
  private readonly sines: Float32Array;
  private readonly scratch: Float32Array;
  private readonly samples: Float32Array;
  private readonly power: Float32Array;
  private readonly bands: Float32Array;
  private readonly moments: Float32Array;
  private readonly bank: FilterBank | null;
  private held = 0;
  private done = 0;

  /** @param size a power of two, at least 16 @param hop 1 … size @throws SegueError INTERNAL for other sizes, or when the bank exceeds the bins */
  constructor(size: number, hop: number, onBlock: (block: SpectrumBlock) => void, bank: FilterBank | null = null) {
    if (size < 16 || (size & (size - 1)) !== 0 || hop < 1 || hop > size)
      throw new SegueError('INTERNAL', {
        got: `frames of ${size} every ${hop}`,
        expected: 'a power of two, at least 16',
      });
    const bins = size / 2 + 1;
    if (bank) checkBank(bank, bins);
    const { region } = this;
    this.size = size;
    this.hop = hop;
    this.onBlock = onBlock;
    this.window = region.float32(size);
    this.reversed = region.int32(size);
    this.cosines = region.float32(size);
    this.sines = region.float32(size);
    this.scratch = region.float32(2 * size);
    this.samples = region.float32((BLOCK - 1) * hop + size);
    this.power = region.float32(BLOCK * bins);
    this.moments = region.float32(BLOCK * 3);
    this.bands = region.float32(bank ? BLOCK * bank.starts.length : 0);
    this.bank = bank && {
      starts: region.place(bank.starts),
      ptr: region.place(bank.ptr),
      weights: region.place(bank.weights),
    };
    const bits = Math.log2(size);
    for (let i = 0; i < size; i++) {
      this.window[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size);
      let reversed = 0;
      for (let b = 0; b < bits; b++) reversed |= ((i >> b) & 1) << (bits - 1 - b);
      this.reversed[i] = reversed;
    }
    for (let half = 1; half < size; half *= 2)
      for (let j = 0; j < half; j++) {
        this.cosines[half + j] = Math.cos((Math.PI * j) / half);
        this.sines[half + j] = -Math.sin((Math.PI * j) / half);
      }
  }

  push(samples: Float32Array): void {
    for (let from = 0; from < samples.length; ) {
      const taken = Math.min(samples.length - from, this.samples.length - this.held);
      this.samples.set(samples.subarray(from, from + taken), this.held);
      this.held += taken;
      from += taken;
      if (this.held === this.samples.length) this.block(BLOCK);
    }
  }

  /** Delivers the frames that have not been delivered yet. */
  flush(): void {
    const frames = this.held < this.size ? 0 : Math.floor((this.held - this.size) / this.hop) + 1;
    if (frames > 0) this.block(frames);
  }

  free(): void {
    this.region.free();
  }

  private block(frames: number): void {
    const { kernels } = load();
    const { size, hop, power, bands, moments, bank } = this;
    const bins = size / 2 + 1;
    kernels.powerSpectra!(
      addressOf(this.samples),
      frames,
      hop,
      size,
      addressOf(this.window),
      addressOf(this.reversed),
      addressOf(this.cosines),
      addressOf(this.sines),
      addressOf(this.scratch),
      addressOf(power),
    );
    kernels.magnitudeMoments!(addressOf(power), frames, bins, addressOf(moments));
    if (bank)
      kernels.bandSums!(
        addressOf(power),
        frames,
        bins,
        addressOf(bank.starts),
        addressOf(bank.ptr),
        addressOf(bank.weights),
        bank.starts.length,
        addressOf(bands),
      );
    this.onBlock({
      first: this.done,
      frames,
      power: power.subarray(0, frames * bins),
      bands: bands.subarray(0, frames * (bank?.starts.length ?? 0)),
      moments: moments.subarray(0, frames * 3),
    });
    this.done += frames;
    this.samples.copyWithin(0, frames * hop, this.held);
    this.held -= frames * hop;
  }
}

function checkBank({ starts, ptr, weights }: FilterBank, bins: number): void {
  const sound =
    ptr.length === starts.length + 1 &&
    ptr[starts.length] === weights.length &&
    starts.every((start, b) => start >= 0 && ptr[b + 1]! >= ptr[b]! && start + ptr[b + 1]! - ptr[b]! <= bins);
  if (!sound) throw new SegueError('INTERNAL', { got: 'A filter bank that goes beyond its spectrum' });
}
