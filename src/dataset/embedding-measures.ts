/** Changes whenever a number changes its meaning: rows of different versions are never mixed. */
export const EMBEDDING_VERSION = 1;

/**
 * What the network of `segue analyse --embedding` was taught to tell, in the order of its answers: the 50 tags that listeners gave most in the Million
 * Song Dataset, as musicnn lists them, written alike. They say what a recording sounds like to the network, not what it is.
 */
export const SOUNDS_LIKE: readonly string[] = (
  'rock, pop, alternative, indie, electronic, female vocalists, dance, 00s, alternative rock, jazz, beautiful, metal, chillout, male vocalists, ' +
  'classic rock, soul, indie rock, mellow, electronica, 80s, folk, 90s, chill, instrumental, punk, oldies, blues, hard rock, ambient, acoustic, ' +
  'experimental, female vocalist, guitar, hip-hop, 70s, party, country, easy listening, sexy, catchy, funk, electro, heavy metal, ' +
  'progressive rock, 60s, rnb, indie pop, sad, house, happy'
).split(', ');

/** Numbers of the layer before the tags. */
const LAYER = 200;

/** A row of the embedding: the probabilities of the tags, then the layer before them. */
export const EMBEDDING_MEASURES: readonly { readonly id: string; readonly unit: string; readonly meaning: string }[] = [
  ...SOUNDS_LIKE.map((tag) => ({
    id: `soundsLike:${tag}`,
    unit: '',
    meaning: `how sure the network is of "${tag}", 0–1`,
  })),
  ...Array.from({ length: LAYER }, (_, i) => ({
    id: `embedding${i}`,
    unit: '',
    meaning: `number ${i} of the layer before the tags`,
  })),
];

export const EMBEDDING_WIDTH: number = EMBEDDING_MEASURES.length;

/** Index in a row at which the layer before the tags starts. */
export const LAYER_START: number = SOUNDS_LIKE.length;
