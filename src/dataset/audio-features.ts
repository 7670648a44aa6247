/** The twelve audio features of a track, in the order in which every array of them is laid out. NaN means missing. */
export const AUDIO_FEATURES = [
  { id: 'danceability', min: 0, max: 1, unit: '', meaning: 'how suitable for dancing' },
  { id: 'energy', min: 0, max: 1, unit: '', meaning: 'intensity and activity' },
  { id: 'key', min: 0, max: 11, unit: 'pitch class', meaning: 'the key, 0 = C … 11 = B' },
  { id: 'loudness', min: -60, max: 5, unit: 'dB', meaning: 'mean loudness' },
  { id: 'mode', min: 0, max: 1, unit: '', meaning: '1 = major, 0 = minor' },
  { id: 'speechiness', min: 0, max: 1, unit: '', meaning: 'share of spoken words' },
  { id: 'acousticness', min: 0, max: 1, unit: '', meaning: 'confidence that it is acoustic' },
  { id: 'instrumentalness', min: 0, max: 1, unit: '', meaning: 'confidence that there are no vocals' },
  { id: 'liveness', min: 0, max: 1, unit: '', meaning: 'presence of an audience' },
  { id: 'valence', min: 0, max: 1, unit: '', meaning: 'musical positiveness' },
  { id: 'tempo', min: 20, max: 300, unit: 'BPM', meaning: 'estimated tempo' },
  { id: 'timeSignature', min: 3, max: 7, unit: 'beats', meaning: 'beats in a bar' },
] as const;

export type AudioFeature = (typeof AUDIO_FEATURES)[number]['id'];
