/** Changes whenever a number changes its meaning: rows of different versions are never mixed. */
export const ACOUSTICBRAINZ_VERSION = 1;

const sureOf = (id: string, what: string) =>
  ({ id, unit: '', meaning: `probability of "${what}" by AcousticBrainz's models, 0–1, often wrong` }) as const;

/**
 * What AcousticBrainz says of a recording, in the order in which rows are laid out; NaN = it does not say. The names are those of its tables (Essentia's music
 * extractor) and of the classes of its models. None is on the scale of Spotify's audio features.
 */
export const ACOUSTICBRAINZ_MEASURES = [
  { id: 'average_loudness', unit: '', meaning: 'loudness of two-second windows, compressed to 0–1' },
  { id: 'dynamic_complexity', unit: 'dB', meaning: 'mean distance of the loudness from its mean' },
  { id: 'mfcc_zero_mean', unit: '', meaning: 'mean of mel-frequency cepstral coefficient 0' },
  { id: 'bpm_histogram_first_peak_bpm_mean', unit: 'BPM', meaning: 'mean tempo around the commonest' },
  { id: 'bpm_histogram_first_peak_bpm_median', unit: 'BPM', meaning: 'median tempo around the commonest' },
  { id: 'bpm_histogram_second_peak_bpm_mean', unit: 'BPM', meaning: 'mean tempo around the second commonest' },
  { id: 'bpm_histogram_second_peak_bpm_median', unit: 'BPM', meaning: 'median tempo around the second commonest' },
  { id: 'danceability', unit: '', meaning: 'from detrended fluctuation analysis, 0–3' },
  { id: 'onset_rate', unit: '1/s', meaning: 'note onsets per second' },
  { id: 'tuning_frequency', unit: 'Hz', meaning: 'pitch of A4' },
  sureOf('mood_happy', 'happy'),
  sureOf('mood_sad', 'sad'),
  sureOf('mood_party', 'party'),
  sureOf('mood_relaxed', 'relaxed'),
  sureOf('mood_aggressive', 'aggressive'),
  sureOf('mood_acoustic', 'acoustic'),
  sureOf('mood_electronic', 'electronic'),
  sureOf('danceable', 'danceable'),
  sureOf('instrumental', 'instrumental'),
  sureOf('bright', 'bright'),
  sureOf('tonal', 'tonal'),
] as const satisfies readonly { id: string; unit: string; meaning: string }[];

export type AcousticbrainzMeasure = (typeof ACOUSTICBRAINZ_MEASURES)[number]['id'];
