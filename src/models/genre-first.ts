import { contentModel } from './content.ts';

/** Genres decide; year and popularity order what has the same genres, the sound what is left. */
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
  // Without genres only the tie-breakers would be left, and would rank high by themselves.
  caution: 1,
});
