import { contentModel } from './content.ts';

/** Genres decide; year and popularity order tracks with equal genres, and sound breaks the remaining ties. */
export const genreFirst = contentModel({
  id: 'genre-first',
  title: 'Genre first',
  description:
    'Songs of the same genres first; ties go to the same era and popularity, then to similar sound. Choose it to stay within a style.',
  source:
    'TF-IDF over artist genres with smooth idf (Salton & Buckley 1988), cosine; metadata and audio as tie-breakers',
  byDefault: true,
  blocks: { audio: 0.02, mood: 0, era: 0.05, popularity: 0.05, genre: 1, sound: 0.02, embedding: 0.02, lyrics: 0.02 },
  features: {},
  // Tracks without genres would have only the tie-breakers left, and would rank high on these alone.
  caution: 1,
});
