import { LoudnessMeter } from '../kernels/loudness.ts';
import { Resampler } from '../kernels/resample.ts';
import { Spectra, type SpectrumBlock } from '../kernels/spectrum.ts';
import { keyOf } from './key.ts';
import { cosineRows, melBank } from './mel-bank.ts';
import { Mono } from './mono.ts';
import { onsetRate } from './onsets.ts';
import { PitchClasses } from './pitch-classes.ts';
import { tempoOf } from './tempo.ts';

/** Everything but loudness is measured in mono at this rate. */
const SOUND_RATE = 22_050;
const FRAME = 2048;
const HOP = 512;
/** Pitches need frames long enough to resolve semitones down to C2. */
const PITCH_FRAME = 8192;
const PITCH_HOP = 4096;
const BANDS = 40;
const COEFFICIENTS = 13;
/** Onsets are measured from this level upwards. */
const ONSET_FLOOR = -80;
/** Timbre considers bands down to this far below a frame's loudest, so it does not change with the volume. */
const RANGE_DB = 60;
/** A frame without any band above this is silence and is ignored for timbre. */
const SILENCE_DB = -75;
/**
 * Drums and bass carry the beat: in beat tracking, bands below about 500 Hz weigh as much as all others together, and very quiet ones do not count.
 */
const LOW_BANDS = 7;
const LOW_WEIGHT = 5;
const BEAT_FLOOR = -55;
/** Power of a full-scale sine under the Hann window. */
const FULL_SCALE = (FRAME / 4) ** 2;

const FRAMES_PER_SECOND = SOUND_RATE / HOP;

/** Measurements of a recording; NaN = could not be measured. */
export interface SoundMeasurement {
  /** Seconds analysed. */
  readonly seconds: number;
  /** Integrated loudness, LUFS. */
  readonly lufs: number;
  /** Beats per minute, and how regular they are (0–1). */
  readonly beat: number;
  readonly pulse: number;
  /** 0 = C … 11 = B; 1 = major, 0 = minor; correlation with the profile of the key. */
  readonly tonic: number;
  readonly major: number;
  readonly tonality: number;
  /** Mean and standard deviation of the centroid, log2 of Hz. */
  readonly brightness: number;
  readonly brightnessRange: number;
  /** Mean rise of the mel bands from frame to frame, dB. */
  readonly flux: number;
  /** Per second. */
  readonly onsetRate: number;
  /** Mean and standard deviation of mel-frequency cepstral coefficients 0–12, of bands in dB. */
  readonly cepstrum: Float64Array;
  readonly cepstrumRange: Float64Array;
  /** Shares of the pitch classes from the tonic up. */
  readonly degrees: Float64Array;
}

/**
 * Measures a recording that arrives in pieces. Memory grows by two numbers every 23 ms and one every 100 ms, about 3 MB per hour of music. Free it in
 * a `finally`.
 */
export class SoundMeter {
  private readonly rate: number;
  private readonly loudness: LoudnessMeter;
  private readonly resampler: Resampler;
  private readonly spectra: Spectra;
  private readonly pitchSpectra: Spectra;
  private readonly pitches = new PitchClasses(PITCH_FRAME, SOUND_RATE);
  private readonly cosines = cosineRows(COEFFICIENTS, BANDS);
  private readonly previous = new Float64Array(BANDS);
  private readonly decibels = new Float64Array(BANDS);
  private readonly sums = new Float64Array(COEFFICIENTS);
  private readonly squares = new Float64Array(COEFFICIENTS);
  private readonly onsets: number[] = [];
  private readonly beats: number[] = [];
  private readonly centroids = { count: 0, sum: 0, squares: 0 };
  private readonly mono = new Mono();
  private sounding = 0;
  private samples = 0;

  /** @param rate in Hz @param channels at least 1 @throws SegueError OUT_OF_RANGE */
  constructor(rate: number, channels: number) {
    this.rate = rate;
    this.resampler = new Resampler(rate, SOUND_RATE);
    this.loudness = new LoudnessMeter(rate, channels);
    this.spectra = new Spectra(
      FRAME,
      HOP,
      (block) => this.frames(block),
      melBank(BANDS, 30, 11_000, FRAME, SOUND_RATE),
    );
    this.pitchSpectra = new Spectra(PITCH_FRAME, PITCH_HOP, (block) => this.pitches.add(block));
  }

  /** @param channels one array each, equally long, in [−1, 1] */
  push(channels: readonly Float32Array[]): void {
    const { length } = channels[0]!;
    this.samples += length;
    this.loudness.push(channels);
    this.resampler.push(this.mono.mix(channels), this.hear);
  }

  finish(): SoundMeasurement {
    this.resampler.flush(this.hear);
    this.spectra.flush();
    this.pitchSpectra.flush();
    const onsets = Float32Array.from(this.onsets);
    const tempo = tempoOf(Float32Array.from(this.beats), FRAMES_PER_SECOND);
    const shares = this.pitches.shares();
    const key = shares && keyOf(shares);
    const { count, sum, squares } = this.centroids;
    const none = Number.NaN;
    const over = (values: Float64Array): Float64Array => values.map((value) => value / this.sounding);
    const means = over(this.sums);
    return {
      seconds: this.samples / this.rate,
      lufs: this.loudness.integrated(),
      beat: tempo?.bpm ?? none,
      pulse: tempo?.pulse ?? none,
      tonic: key?.tonic ?? none,
      major: key ? Number(key.major) : none,
      tonality: key?.clarity ?? none,
      brightness: count > 0 ? sum / count : none,
      brightnessRange: count > 0 ? deviation(squares / count, sum / count) : none,
      flux: this.sounding > 0 ? onsets.reduce((a, b) => a + b, 0) / this.sounding : none,
      onsetRate: this.sounding > 0 ? onsetRate(onsets, FRAMES_PER_SECOND) : none,
      cepstrum: means,
      cepstrumRange: over(this.squares).map((square, c) => deviation(square, means[c]!)),
      degrees: Float64Array.from({ length: 12 }, (_, i) => (key && shares ? shares[(key.tonic + i) % 12]! : none)),
    };
  }

  free(): void {
    this.loudness.free();
    this.resampler.free();
    this.spectra.free();
    this.pitchSpectra.free();
  }

  private readonly hear = (samples: Float32Array): void => {
    this.spectra.push(samples);
    this.pitchSpectra.push(samples);
  };

  private frames({ first, frames, bands, moments }: SpectrumBlock): void {
    const { previous, decibels, cosines, sums, squares } = this;
    for (let f = 0; f < frames; f++) {
      let loudest = Number.NEGATIVE_INFINITY;
      let rise = 0;
      let beat = 0;
      for (let b = 0; b < BANDS; b++) {
        // Triangles have area 1 over Hz; multiplied by the bin width, their weights on the bins sum to 1.
        const power = (bands[f * BANDS + b]! * (SOUND_RATE / FRAME)) / FULL_SCALE;
        const value = 10 * Math.log10(power + 1e-12);
        decibels[b] = value;
        if (value > loudest) loudest = value;
        rise += Math.max(0, Math.max(value, ONSET_FLOOR) - Math.max(previous[b]!, ONSET_FLOOR));
        const beatRise = Math.max(0, Math.max(value, BEAT_FLOOR) - Math.max(previous[b]!, BEAT_FLOOR));
        beat += (b < LOW_BANDS ? LOW_WEIGHT : 1) * beatRise;
        previous[b] = value;
      }
      this.onsets.push(first + f === 0 ? 0 : rise / BANDS);
      this.beats.push(first + f === 0 ? 0 : beat);
      if (loudest < SILENCE_DB) continue;
      this.sounding++;
      for (let b = 0; b < BANDS; b++) decibels[b] = Math.max(decibels[b]!, loudest - RANGE_DB);
      for (let c = 0; c < COEFFICIENTS; c++) {
        let value = 0;
        for (let b = 0; b < BANDS; b++) value += cosines[c * BANDS + b]! * decibels[b]!;
        sums[c]! += value;
        squares[c]! += value * value;
      }
      const total = moments[3 * f]!;
      const centroid = Math.log2(((moments[3 * f + 1]! / total) * SOUND_RATE) / FRAME);
      this.centroids.count++;
      this.centroids.sum += centroid;
      this.centroids.squares += centroid * centroid;
    }
  }
}

const deviation = (meanSquare: number, mean: number): number => Math.sqrt(Math.max(0, meanSquare - mean * mean));
