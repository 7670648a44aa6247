import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { VectorIndex } from '../math/kernels/search.ts';
import type { SharedRows } from '../math/kernels/shared-rows.ts';
import { AUDIO_AXES, AUDIO_STRIDE } from './audio-components.ts';
import type { Block } from './blocks.ts';
import {
  type GenreProfiles,
  genreCounts,
  genreFrequencies,
  inverseDocumentFrequency,
  tfIdf,
} from './genre-profiles.ts';
import { HeardEmbedding } from './heard-embedding.ts';
import { type LyricsRecord, LyricWords } from './lyric-words.ts';
import { MeasuredSound } from './measured-sound.ts';
import { ScaleEncoding } from './scale-encoding.ts';
import type { StandardRecord } from './standard-rows.ts';
import { type AudioStatistics, audioStatistics, standardiseAudio, tracksWithSound } from './standardise.ts';

/** Changes whenever the meaning of vectors changes; vectors of different versions are never compared. */
export const SPACE_VERSION = 1;

/** Choices of the space. */
export interface SpaceSettings {
  /** Width of a year bucket; 50 as in the original systems. */
  readonly yearStep: number;
  /** Width of a popularity bucket; 5 as in the original systems. */
  readonly popularityStep: number;
  /** Share of the buckets, as opposed to smooth closeness, in era and popularity: 1 = buckets only, as in the original systems. */
  readonly bucketShare: number;
}

/** Audio rows standardised at a time on their way to shared memory. */
const PASSING = 4096;

export const DEFAULT_SETTINGS: SpaceSettings = { yearStep: 50, popularityStep: 5, bucketShare: 0.5 };

/** The saved part of a space, as JSON: statistics, not vectors. Rows are computed from the catalogue when the space is opened. */
export interface SpaceRecord {
  version: number;
  settings: SpaceSettings;
  mean: number[];
  scale: number[];
  known: number[];
  /** Number of tracks with a genre, and of tracks with each genre name. */
  documents: number;
  genres: string[];
  frequency: number[];
  /** Statistics of the measured sound; absent when no track had any. */
  sound?: StandardRecord;
  /** Statistics of the embedding; absent when the network had heard no track. */
  embedding?: StandardRecord;
  /** Frequencies of the words of lyrics; absent when no track had any. */
  lyrics?: LyricsRecord;
}

/**
 * Every track of a catalogue in one feature space: standardised audio rows, scales for year and popularity, TF-IDF genre rows.
 * Statistics come from the catalogue on which the space was fitted and stay fixed, so a track added later is embedded exactly like the tracks that
 * the models know.
 */
export class ContentSpace {
  readonly version = SPACE_VERSION;
  readonly settings: SpaceSettings;
  readonly statistics: AudioStatistics;
  readonly dataset: Dataset;
  readonly count: number;
  /** count × AUDIO_STRIDE standardised audio rows, 0 where missing. */
  readonly audio: Float32Array;
  /** 1 = the track has at least one sound feature. */
  readonly sounds: Uint8Array;
  readonly eras: ScaleEncoding;
  readonly popularities: ScaleEncoding;
  /** Popularity of each track's main artist, −1 when unknown. */
  readonly artistPopularity: Int16Array;
  readonly genres: GenreProfiles;
  /** Sound measured from audio files; null when no track was analysed before the space was fitted. */
  readonly measured: MeasuredSound | null;
  /** The network's embeddings of the tracks; null likewise. */
  readonly heard: HeardEmbedding | null;
  /** The words of their lyrics; null likewise. */
  readonly lyrics: LyricWords | null;
  private readonly documents: number;
  private readonly frequency: Int32Array;
  /** The audio rows that threads share. */
  private readonly shared: SharedRows | null;
  private index: VectorIndex | null = null;

  private constructor(
    dataset: Dataset,
    settings: SpaceSettings,
    statistics: AudioStatistics,
    genres: GenreProfiles,
    documents: number,
    frequency: Int32Array,
    { measured, heard, lyrics }: Pick<ContentSpace, 'measured' | 'heard' | 'lyrics'>,
    shared: SharedRows | null = null,
  ) {
    const { tracks } = dataset;
    this.dataset = dataset;
    this.settings = settings;
    this.statistics = statistics;
    this.count = tracks.count;
    this.shared = shared;
    this.audio = shared?.data ?? new Float32Array(tracks.count * AUDIO_STRIDE);
    this.sounds = tracksWithSound(tracks);
    if (!shared) standardiseAudio(tracks, statistics, this.audio);
    else if (!shared.filled) this.fillShared(shared);
    const { bucketShare } = settings;
    this.eras = new ScaleEncoding({ min: 1900, max: 2049, step: settings.yearStep, width: 6, bucketShare });
    this.popularities = new ScaleEncoding({ min: 0, max: 100, step: settings.popularityStep, width: 8, bucketShare });
    this.artistPopularity = new Int16Array(tracks.count);
    for (let t = 0; t < tracks.count; t++) {
      const artist = dataset.mainArtist(t);
      this.artistPopularity[t] = artist < 0 ? -1 : dataset.artists.popularity[artist]!;
    }
    this.genres = genres;
    this.documents = documents;
    this.frequency = frequency;
    this.measured = measured;
    this.heard = heard;
    this.lyrics = lyrics;
  }

  /** Fits the statistics on the whole catalogue (not on interactions, so every split shares one space). */
  static fit(dataset: Dataset, settings: SpaceSettings = DEFAULT_SETTINGS): ContentSpace {
    const { profileOf, counts } = genreCounts(dataset);
    const { documents, frequency } = genreFrequencies(profileOf, counts);
    const idf = Float64Array.from(frequency, (df) => inverseDocumentFrequency(documents, df));
    const genres = { profileOf, rows: tfIdf(counts, idf) };
    const statistics = audioStatistics(dataset.tracks);
    const files = {
      measured: MeasuredSound.fit(dataset),
      heard: HeardEmbedding.fit(dataset),
      lyrics: LyricWords.fit(dataset),
    };
    return new ContentSpace(dataset, settings, statistics, genres, documents, frequency, files);
  }

  /**
   * Restores a space from its record for a catalogue that may have grown since: genres are matched by name.
   * @param shared room for the audio rows; every thread fills it with the same rows
   * @throws SegueError MODEL_MISMATCH for a record of another version, FILE_UNREADABLE for a damaged one
   */
  static restore(record: unknown, dataset: Dataset, shared: SharedRows | null = null): ContentSpace {
    const { settings, mean, scale, known, documents, genres, frequency, sound, embedding, lyrics } =
      checkRecord(record);
    const { profileOf, counts } = genreCounts(dataset);
    const now = new Int32Array(dataset.genres.size);
    for (let g = 0; g < genres.length; g++) {
      const number = dataset.genres.indexOf(genres[g]!);
      if (number >= 0) now[number] = frequency[g]!;
    }
    const idf = Float64Array.from(now, (df) => inverseDocumentFrequency(documents, df));
    const statistics = recordedStatistics({ mean, scale, known });
    const profiles = { profileOf, rows: tfIdf(counts, idf) };
    const files = {
      measured: MeasuredSound.restore(sound, dataset),
      heard: HeardEmbedding.restore(embedding, dataset),
      lyrics: LyricWords.restore(lyrics, dataset),
    };
    return new ContentSpace(dataset, settings, statistics, profiles, documents, now, files, shared);
  }

  /** Rows are completed in this thread's own memory first, so a thread that has already filled the shared rows never sees a partial one. */
  private fillShared(shared: SharedRows): void {
    const { dataset, statistics, count } = this;
    const rows = new Float32Array(Math.min(count, PASSING) * AUDIO_STRIDE);
    for (let from = 0; from < count; from += PASSING) {
      const to = Math.min(count, from + PASSING);
      standardiseAudio(dataset.tracks, statistics, rows, from, to);
      shared.data.set(rows.subarray(0, (to - from) * AUDIO_STRIDE), from * AUDIO_STRIDE);
    }
    shared.setFilled();
  }

  /** The dot product of every audio row with a direction, written to out (length count). */
  audioScores(direction: ArrayLike<number>, out: Float32Array): void {
    if (this.shared) this.shared.scores(direction, out);
    else (this.index ??= new VectorIndex(this.audio, this.count, AUDIO_STRIDE)).scores(direction, out);
  }

  /** Frees the kernel memory of `audioScores`; a later use allocates it again. */
  dispose(): void {
    this.index?.dispose();
    this.index = null;
  }

  toRecord(): SpaceRecord {
    const genres: string[] = [];
    const frequency: number[] = [];
    for (let g = 0; g < this.frequency.length; g++) {
      if (this.frequency[g] === 0) continue;
      genres.push(this.dataset.genres.id(g));
      frequency.push(this.frequency[g]!);
    }
    return {
      version: SPACE_VERSION,
      settings: this.settings,
      mean: [...this.statistics.mean],
      scale: [...this.statistics.scale],
      known: [...this.statistics.known],
      documents: this.documents,
      genres,
      frequency,
      ...(this.measured && { sound: this.measured.record }),
      ...(this.heard && { embedding: this.heard.record }),
      ...(this.lyrics && { lyrics: this.lyrics.record }),
    };
  }

  /** Number of tracks with each block. */
  coverage(): Record<Exclude<Block, 'mood'>, number> {
    const { year, popularity } = this.dataset.tracks;
    const out = { audio: 0, era: 0, popularity: 0, genre: 0, sound: 0, embedding: 0, lyrics: 0 };
    for (let t = 0; t < this.count; t++) {
      out.audio += this.sounds[t]!;
      if (year[t]! >= 0) out.era++;
      if (popularity[t]! >= 0 || this.artistPopularity[t]! >= 0) out.popularity++;
      if (this.genres.profileOf[t]! >= 0) out.genre++;
      if (this.measured?.knows(t)) out.sound++;
      if (this.heard?.knows(t)) out.embedding++;
      if (this.lyrics?.knows(t)) out.lyrics++;
    }
    return out;
  }
}

/** @throws SegueError MODEL_MISMATCH for a record of another version, FILE_UNREADABLE for a damaged one */
export function checkRecord(value: unknown): SpaceRecord {
  const record = (typeof value === 'object' && value !== null ? value : {}) as Partial<SpaceRecord>;
  if (record.version !== SPACE_VERSION) {
    throw new SegueError('MODEL_MISMATCH', {
      got: `The saved feature space has version ${String(record.version)}`,
      expected: `version ${SPACE_VERSION}`,
      remedy: 'Train the content models again with `segue train`',
    });
  }
  const numbers = (list: unknown, length?: number): boolean =>
    Array.isArray(list) &&
    (length === undefined || list.length === length) &&
    list.every((n) => typeof n === 'number' && Number.isFinite(n));
  const s = record.settings;
  const valid =
    numbers(record.mean, AUDIO_AXES.length) &&
    numbers(record.scale, AUDIO_AXES.length) &&
    numbers(record.known, AUDIO_AXES.length) &&
    typeof record.documents === 'number' &&
    Array.isArray(record.genres) &&
    record.genres.every((g) => typeof g === 'string') &&
    numbers(record.frequency, record.genres.length) &&
    (record.sound === undefined || MeasuredSound.isRecord(record.sound)) &&
    (record.embedding === undefined || HeardEmbedding.isRecord(record.embedding)) &&
    (record.lyrics === undefined || LyricWords.isRecord(record.lyrics)) &&
    typeof s === 'object' &&
    numbers([s.yearStep, s.popularityStep, s.bucketShare]) &&
    s.yearStep >= 1 &&
    s.popularityStep >= 1;
  if (!valid) {
    throw new SegueError('FILE_UNREADABLE', {
      got: 'The saved feature space is damaged',
      expected: 'means, scales and genre frequencies',
      remedy: 'Train the content models again with `segue train`',
    });
  }
  return record as SpaceRecord;
}

/** The statistics of the sound features in a checked record. */
export const recordedStatistics = ({
  mean,
  scale,
  known,
}: Pick<SpaceRecord, 'mean' | 'scale' | 'known'>): AudioStatistics => ({
  mean: Float64Array.from(mean),
  scale: Float64Array.from(scale),
  known: Int32Array.from(known),
});
