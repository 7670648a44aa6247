/**
 * The styles of the fictional world: how their songs sound, when they were made, what they are called.
 * Audio means are typical values of such music; `spread` scales how far songs stray from them.
 */
export interface Style {
  readonly name: string;
  /** The first is carried by most of its artists, the others by some. */
  readonly genres: readonly string[];
  /** Share of the artists, relative. */
  readonly weight: number;
  /** First year, busiest year, last year. */
  readonly years: readonly [number, number, number];
  /** danceability, energy, loudness dB, speechiness, acousticness, instrumentalness, liveness, valence, tempo BPM, share of major keys */
  readonly sound: readonly [number, number, number, number, number, number, number, number, number, number];
  readonly spread: number;
  /** Styles that listeners mix with this one, by name. */
  readonly near: readonly string[];
  /** Kinds of act names. */
  readonly acts: readonly ('band' | 'solo' | 'project' | 'ensemble')[];
  /** Words that playlist titles use for it. */
  readonly titles: readonly string[];
}

export const STYLES: readonly Style[] = [
  {
    name: 'indie folk',
    genres: ['indie folk', 'folk', 'singer-songwriter', 'chamber folk', 'stomp and holler'],
    weight: 8,
    years: [1998, 2013, 2024],
    sound: [0.5, 0.38, -11, 0.04, 0.7, 0.08, 0.13, 0.38, 118, 0.75],
    spread: 1,
    near: ['country', 'indie rock', 'soul'],
    acts: ['band', 'solo'],
    titles: ['folk', 'cabin', 'acoustic', 'campfire', 'porch songs'],
  },
  {
    name: 'indie rock',
    genres: ['indie rock', 'alternative rock', 'garage rock', 'post-punk revival', 'shoegaze'],
    weight: 10,
    years: [1988, 2008, 2024],
    sound: [0.5, 0.73, -6.5, 0.05, 0.12, 0.08, 0.18, 0.5, 126, 0.68],
    spread: 1,
    near: ['indie folk', 'classic rock', 'dream pop', 'punk'],
    acts: ['band'],
    titles: ['indie', 'alt', 'guitars', 'college radio'],
  },
  {
    name: 'dream pop',
    genres: ['dream pop', 'bedroom pop', 'shoegaze', 'indie pop', 'chillwave'],
    weight: 6,
    years: [1990, 2016, 2024],
    sound: [0.55, 0.52, -9.5, 0.04, 0.3, 0.2, 0.14, 0.38, 112, 0.66],
    spread: 0.9,
    near: ['indie rock', 'synth pop', 'ambient'],
    acts: ['project', 'band', 'solo'],
    titles: ['dreamy', 'hazy', 'late night drive', 'floating'],
  },
  {
    name: 'synth pop',
    genres: ['synth pop', 'new wave', 'electropop', 'new romantic', 'synthwave'],
    weight: 7,
    years: [1979, 1985, 2024],
    sound: [0.66, 0.7, -8, 0.04, 0.12, 0.06, 0.15, 0.62, 122, 0.58],
    spread: 0.9,
    near: ['dream pop', 'dance pop', 'house'],
    acts: ['project', 'band'],
    titles: ['80s', 'neon', 'synth', 'retro drive'],
  },
  {
    name: 'dance pop',
    genres: ['dance pop', 'pop', 'electropop', 'teen pop', 'europop'],
    weight: 12,
    years: [1985, 2015, 2024],
    sound: [0.68, 0.72, -5.4, 0.07, 0.15, 0.005, 0.17, 0.56, 120, 0.6],
    spread: 0.9,
    near: ['synth pop', 'contemporary rnb', 'house', 'latin pop'],
    acts: ['solo', 'project'],
    titles: ['pop', 'hits', 'bops', 'sing along', 'shower songs'],
  },
  {
    name: 'hip hop',
    genres: ['hip hop', 'rap', 'trap', 'southern hip hop', 'conscious hip hop', 'boom bap'],
    weight: 12,
    years: [1986, 2016, 2024],
    sound: [0.75, 0.65, -6.6, 0.24, 0.15, 0.005, 0.2, 0.48, 122, 0.52],
    spread: 1,
    near: ['contemporary rnb', 'soul', 'reggae'],
    acts: ['solo', 'project'],
    titles: ['rap', 'bars', 'trap', 'flows', 'hype'],
  },
  {
    name: 'contemporary rnb',
    genres: ['contemporary r&b', 'r&b', 'neo soul', 'alternative r&b', 'quiet storm'],
    weight: 8,
    years: [1988, 2014, 2024],
    sound: [0.67, 0.52, -7.6, 0.1, 0.28, 0.01, 0.15, 0.45, 108, 0.5],
    spread: 0.9,
    near: ['hip hop', 'soul', 'dance pop'],
    acts: ['solo'],
    titles: ['rnb', 'slow jams', 'smooth', 'bedroom'],
  },
  {
    name: 'soul',
    genres: ['soul', 'funk', 'motown', 'northern soul', 'disco'],
    weight: 6,
    years: [1960, 1972, 2020],
    sound: [0.64, 0.57, -10, 0.05, 0.38, 0.03, 0.18, 0.72, 112, 0.6],
    spread: 1,
    near: ['contemporary rnb', 'jazz', 'classic rock', 'hip hop'],
    acts: ['band', 'solo', 'ensemble'],
    titles: ['soul', 'oldies', 'groovy', 'funk kitchen'],
  },
  {
    name: 'classic rock',
    genres: ['classic rock', 'rock', 'blues rock', 'hard rock', 'soft rock'],
    weight: 9,
    years: [1964, 1975, 2005],
    sound: [0.5, 0.66, -9.2, 0.05, 0.22, 0.05, 0.2, 0.58, 124, 0.72],
    spread: 1,
    near: ['indie rock', 'metal', 'country', 'soul'],
    acts: ['band'],
    titles: ['classic rock', 'dad rock', 'vinyl', 'road trip'],
  },
  {
    name: 'punk',
    genres: ['punk', 'pop punk', 'emo', 'hardcore punk', 'skate punk'],
    weight: 6,
    years: [1976, 2003, 2023],
    sound: [0.46, 0.88, -4.9, 0.07, 0.03, 0.01, 0.22, 0.52, 146, 0.72],
    spread: 0.8,
    near: ['indie rock', 'metal'],
    acts: ['band'],
    titles: ['punk', 'emo', 'angry', 'warped'],
  },
  {
    name: 'metal',
    genres: ['metal', 'heavy metal', 'thrash metal', 'metalcore', 'doom metal'],
    weight: 6,
    years: [1975, 2004, 2024],
    sound: [0.4, 0.92, -5, 0.09, 0.01, 0.18, 0.22, 0.32, 132, 0.5],
    spread: 0.8,
    near: ['punk', 'classic rock'],
    acts: ['band'],
    titles: ['metal', 'heavy', 'gym rage', 'riffs'],
  },
  {
    name: 'country',
    genres: ['country', 'outlaw country', 'americana', 'country pop', 'bluegrass'],
    weight: 8,
    years: [1955, 2012, 2024],
    sound: [0.57, 0.63, -6.9, 0.04, 0.3, 0.005, 0.17, 0.6, 122, 0.9],
    spread: 0.9,
    near: ['indie folk', 'classic rock'],
    acts: ['solo', 'band'],
    titles: ['country', 'tailgate', 'back roads', 'boots'],
  },
  {
    name: 'house',
    genres: ['house', 'deep house', 'tech house', 'disco house', 'progressive house'],
    weight: 8,
    years: [1987, 2015, 2024],
    sound: [0.74, 0.79, -6.8, 0.06, 0.04, 0.4, 0.16, 0.5, 124, 0.52],
    spread: 0.7,
    near: ['techno', 'dance pop', 'synth pop'],
    acts: ['project', 'solo'],
    titles: ['house', 'pool party', 'club', 'weekend'],
  },
  {
    name: 'techno',
    genres: ['techno', 'minimal techno', 'trance', 'drum and bass', 'idm'],
    weight: 5,
    years: [1990, 2012, 2024],
    sound: [0.68, 0.83, -8.3, 0.06, 0.03, 0.76, 0.13, 0.3, 132, 0.5],
    spread: 0.8,
    near: ['house', 'ambient'],
    acts: ['project'],
    titles: ['techno', 'warehouse', 'focus beats', 'after hours'],
  },
  {
    name: 'ambient',
    genres: ['ambient', 'drone', 'new age', 'post-rock', 'modern classical'],
    weight: 5,
    years: [1975, 2014, 2024],
    sound: [0.32, 0.2, -19, 0.04, 0.8, 0.86, 0.11, 0.14, 98, 0.6],
    spread: 1,
    near: ['classical', 'dream pop', 'techno'],
    acts: ['project', 'solo'],
    titles: ['sleep', 'deep focus', 'meditation', 'study'],
  },
  {
    name: 'classical',
    genres: ['classical', 'baroque', 'romantic era', 'chamber music', 'piano'],
    weight: 5,
    years: [1955, 1990, 2024],
    sound: [0.3, 0.16, -21, 0.04, 0.95, 0.85, 0.12, 0.22, 104, 0.66],
    spread: 0.9,
    near: ['ambient', 'jazz'],
    acts: ['ensemble', 'solo'],
    titles: ['classical', 'piano', 'reading', 'concentration'],
  },
  {
    name: 'jazz',
    genres: ['jazz', 'bebop', 'cool jazz', 'vocal jazz', 'jazz fusion', 'bossa nova'],
    weight: 6,
    years: [1940, 1962, 2022],
    sound: [0.54, 0.34, -13.5, 0.05, 0.76, 0.35, 0.17, 0.52, 114, 0.56],
    spread: 1,
    near: ['soul', 'classical', 'latin pop'],
    acts: ['ensemble', 'solo'],
    titles: ['jazz', 'dinner', 'coffee', 'rainy sunday'],
  },
  {
    name: 'latin pop',
    genres: ['latin pop', 'reggaeton', 'latin', 'cumbia', 'salsa'],
    weight: 8,
    years: [1970, 2017, 2024],
    sound: [0.71, 0.73, -5.8, 0.09, 0.22, 0.005, 0.17, 0.68, 116, 0.52],
    spread: 0.9,
    near: ['dance pop', 'reggae'],
    acts: ['solo', 'band'],
    titles: ['latin', 'fiesta', 'perreo', 'verano'],
  },
  {
    name: 'reggae',
    genres: ['reggae', 'dub', 'dancehall', 'roots reggae', 'ska'],
    weight: 4,
    years: [1964, 1978, 2022],
    sound: [0.74, 0.56, -8.4, 0.1, 0.18, 0.03, 0.16, 0.74, 118, 0.62],
    spread: 0.9,
    near: ['hip hop', 'latin pop', 'soul'],
    acts: ['band', 'solo'],
    titles: ['reggae', 'beach', 'island time', 'sunny'],
  },
];

/** Reasons to make a playlist that cut across styles: what it asks of a song, and how people name it. */
export interface Occasion {
  readonly titles: readonly string[];
  /** Preferred energy and valence, 0–1; songs far from it are passed over. */
  readonly energy: number;
  readonly valence: number;
}

export const OCCASIONS: readonly Occasion[] = [
  { titles: ['workout', 'gym', 'running', 'beast mode', 'cardio'], energy: 0.88, valence: 0.55 },
  { titles: ['chill', 'chill vibes', 'lazy day', 'unwind', 'mellow'], energy: 0.38, valence: 0.45 },
  { titles: ['party', 'pregame', 'dance floor', 'friday night', 'turn up'], energy: 0.8, valence: 0.72 },
  { titles: ['sad songs', 'crying in the car', 'heartbreak', 'in my feelings'], energy: 0.3, valence: 0.2 },
  { titles: ['road trip', 'driving', 'windows down', 'summer', 'summer 2017'], energy: 0.7, valence: 0.66 },
  { titles: ['study', 'focus', 'homework', 'work'], energy: 0.35, valence: 0.35 },
  { titles: ['sleep', 'bedtime', 'goodnight', 'calm'], energy: 0.14, valence: 0.25 },
  { titles: ['happy', 'good mood', 'feel good', 'morning', 'sunshine'], energy: 0.68, valence: 0.85 },
  { titles: ['rainy sunday', 'rainy day', 'autumn', 'cozy'], energy: 0.32, valence: 0.4 },
  { titles: ['love', 'wedding', 'date night', 'slow dance'], energy: 0.42, valence: 0.55 },
];
