import { AUDIO_AXES, type SoundFeature } from './audio-components.ts';
import { ContentQuery } from './content-query.ts';
import { type DenseRows, GENRE_AXES, POPULARITY_AXIS, YEAR_AXIS } from './dense.ts';
import { type ContentReason, eraText, genreText, sharedGenres, soundPhrases } from './explain.ts';
import { measuredPhrase, soundsLikePhrase } from './measured-words.ts';

/**
 * Explains why a track's dense row points in the direction of `mean`: the products of the cosine, summed by group and, for sound, by feature.
 * @param seeds the tracks behind the mean, for wording
 * @param genresBeside a separate cosine of the genres, which counted as much as that of the rows
 */
export function explainDense(
  rows: DenseRows,
  mean: Float32Array,
  seeds: Int32Array,
  track: number,
  genresBeside = 0,
): ContentReason[] {
  const row = rows.row(track);
  const features = new Map<SoundFeature, number>();
  let sound = 0;
  let measured = 0;
  let heard = 0;
  let genre = 0;
  let total = 0;
  for (let j = 0; j < rows.dimension; j++) {
    const product = mean[j]! * row[j]!;
    total += product;
    if (j < AUDIO_AXES.length) {
      sound += product;
      features.set(AUDIO_AXES[j]!, (features.get(AUDIO_AXES[j]!) ?? 0) + product);
    } else if (j >= rows.heardAxis) heard += product;
    else if (j >= rows.measuredAxis) measured += product;
    else if (j >= GENRE_AXES) genre += product;
  }
  // The products sum to the cosine times the length of the row.
  const beside = genresBeside * Math.hypot(...row);
  genre += beside;
  total += beside;
  if (!(total > 0)) return [];
  const era = mean[YEAR_AXIS]! * row[YEAR_AXIS]!;
  const popularity = mean[POPULARITY_AXIS]! * row[POPULARITY_AXIS]!;
  const query = new ContentQuery(rows.space, seeds, new Float32Array(seeds.length).fill(1));
  const shared = genreText(sharedGenres(query, track), seeds.length);
  const heardText = (): string => {
    const { measured: known, heard: network, dataset } = rows.space;
    const phrases = sound > 0 ? [soundPhrases(query, seeds, track, features)] : [];
    if (measured > 0 && known && query.measured && known.knows(track))
      phrases.push(measuredPhrase(known, dataset, query.measured, track));
    if (heard > 0 && network?.knows(track)) phrases.push(soundsLikePhrase(network.shared(dataset, seeds, track)));
    return phrases.filter((text) => text !== '').join('; ');
  };
  const parts: [ContentReason['kind'], number, string][] = [
    ['genres', genre, shared === '' ? 'related genres' : shared],
    ['audio', Math.max(0, sound) + Math.max(0, measured) + Math.max(0, heard), heardText()],
    ['era', era, era > 0 ? eraText(query, seeds, track) : ''],
    ['popularity', popularity, 'similarly popular'],
  ];
  return parts
    .filter(([, part, text]) => part > 0 && text !== '')
    .map(([kind, part, text]) => ({ kind, share: Math.min(1, part / total), text }))
    .sort((a, b) => b.share - a.share);
}
