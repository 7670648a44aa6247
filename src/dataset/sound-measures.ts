/** Changes whenever a measure changes its meaning: rows of different versions are never mixed. */
export const SOUND_VERSION = 1;

/**
 * What Segue measures in an audio file itself, in the order in which rows of sound are laid out; NaN = could not be measured. These are
 * physical and statistical measures under names of their own: none is on the scale of Spotify's audio features.
 */
export const SOUND_MEASURES = [
  { id: 'lufs', unit: 'LUFS', meaning: 'integrated loudness (ITU-R BS.1770-4)' },
  { id: 'beat', unit: 'BPM', meaning: 'tempo, 40–220, octave chosen near 120' },
  { id: 'pulse', unit: '', meaning: 'how regular the onsets are at the tempo, 0–1' },
  { id: 'tonic', unit: 'pitch class', meaning: 'tonic of the key, 0 = C … 11 = B' },
  { id: 'major', unit: '', meaning: '1 = major, 0 = minor' },
  { id: 'tonality', unit: '', meaning: 'correlation with the profile of the key, 0–1' },
  { id: 'brightness', unit: 'octaves', meaning: 'mean centroid of the spectrum, log2 of Hz' },
  { id: 'brightnessRange', unit: 'octaves', meaning: 'standard deviation of the centroid over time' },
  { id: 'flux', unit: 'dB', meaning: 'mean rise of the mel bands from frame to frame' },
  { id: 'onsetRate', unit: '1/s', meaning: 'note onsets per second' },
  ...Array.from({ length: 12 }, (_, i) => ({
    id: `timbre${i + 1}`,
    unit: '',
    meaning: `mean of mel-frequency cepstral coefficient ${i + 1}`,
  })),
  ...Array.from({ length: 13 }, (_, i) => ({
    id: `timbreRange${i}`,
    unit: '',
    meaning: `standard deviation of mel-frequency cepstral coefficient ${i} over time`,
  })),
  ...Array.from({ length: 12 }, (_, i) => ({
    id: `degree${i}`,
    unit: '',
    meaning: `share of the pitch class ${i} semitones above the tonic`,
  })),
] as const satisfies readonly { id: string; unit: string; meaning: string }[];

/** Numbers in a row of sound. */
export const SOUND_WIDTH: number = SOUND_MEASURES.length;

/** Places of the measures in a row. */
export const SOUND = {
  lufs: 0,
  beat: 1,
  pulse: 2,
  tonic: 3,
  major: 4,
  tonality: 5,
  brightness: 6,
  brightnessRange: 7,
  flux: 8,
  onsetRate: 9,
  timbre: 10,
  timbreRange: 22,
  degree: 35,
} as const;
