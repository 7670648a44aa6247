import { contentModel } from './content.ts';

/** Equal weights for sound, genres, and metadata (half era, half popularity). */
export const balanced = contentModel({
  id: 'balanced',
  title: 'Balanced',
  description:
    'Songs similar in sound, in genre, and in year and popularity, each with equal weight. It ignores playlists, so it also finds songs that no playlist contains yet.',
  source: 'Mean of the audio, metadata and genre cosines; genres as TF-IDF with smooth idf (Salton & Buckley 1988)',
  byDefault: true,
  blocks: { audio: 1, mood: 0, era: 0.5, popularity: 0.5, genre: 1, sound: 1, embedding: 1, lyrics: 0.5 },
  features: {},
  // Halfway between leaving missing blocks out and counting them as the catalogue's mean; measured in docs/models/content.md.
  caution: 0.5,
});
