/** Exemptions of models from contract tests, by model id and test, with the reason that the skip prints. */
export const EXEMPTIONS: Readonly<Record<string, Readonly<Partial<Record<Clause, string>>>>> = {
  clusters: { 'top of score': 'places are divided among the clusters before scores count' },
  ratings: {
    'top of score': 'scores are predicted ratings, of songs that nobody rated as well, which are never recommended',
    'empty query': 'the rating that a stranger would give is known: mean and bias of the song',
  },
  'new-songs': {
    'known answer': 'the rest of a community is held, and only songs that nobody holds are recommended',
    'seeds scored': 'seeds that somebody holds are no new songs',
    'quality floor': 'what playlists hold is never recommended',
  },
  popularity: {
    'known answer': 'popularity answers everyone alike',
    'empty query': 'popularity needs no query',
    'quality floor': 'popularity is what the floor is measured against',
  },
};

export type Clause =
  | 'known answer'
  | 'seeds scored'
  | 'empty query'
  | 'top of score'
  | 'same seed'
  | 'cancelled'
  | 'damaged arrays'
  | 'quality floor';

/** Pass as a test's `skip` option. */
export const exemption = (modelId: string, clause: Clause): string | false => EXEMPTIONS[modelId]?.[clause] ?? false;
