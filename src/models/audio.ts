import { contentModel } from './content.ts';

/** k nearest neighbours by the cosine of standardised audio features, nothing else. */
export const audio = contentModel({
  id: 'audio',
  title: 'Sound alone',
  description:
    'The nearest songs by twelve audio features, whatever their genre, age or popularity. Choose it for surprises that sound right.',
  source: 'k nearest neighbours by cosine over standardised features',
  byDefault: true,
  blocks: { audio: 1, mood: 0, era: 0, popularity: 0, genre: 0, sound: 1, embedding: 1, lyrics: 0 },
  features: { duration: 0 },
  caution: 0,
});
