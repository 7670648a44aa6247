/** Parts of genre names that are abbreviations; those that could be a word ("no wave", "la musique") are left alone. */
const ABBREVIATIONS =
  'r&b|edm|idm|ebm|ccm|cedm|mpb|opm|lds|diy|aor|ost|uk|usbm|us|uae|la(?= (?:indie|pop|rap)(?!\\p{L}))|nz|nyc|nyhc|ny|dc|dfw|dmv|atl|rva|okc|slc|stl|kc|bc|nsw|nc|tx';
/** Adjectives of countries and peoples, which English capitalises. */
const PEOPLES =
  'african|afrikaans|albanian|american|arab|arabic|argentine|asian|australian|austrian|belgian|brazilian|british|bulgarian|canadian|caribbean|celtic|chilean|chinese|colombian|croatian|cuban|czech|danish|dutch|english|estonian|european|filipino|finnish|french|german|ghanaian|greek|hawaiian|hungarian|icelandic|indian|indonesian|irish|israeli|italian|jamaican|japanese|jewish|kenyan|korean|latin|latvian|lithuanian|malaysian|mexican|nigerian|nordic|norwegian|persian|peruvian|polish|polynesian|portuguese|romanian|russian|scandinavian|scottish|serbian|slovak|slovenian|spanish|swedish|swiss|thai|turkish|ukrainian|venezuelan|vietnamese|welsh';
/** Places with which genre names may begin. */
const PLACES =
  'bakersfield|bay area|berlin|boston|brooklyn|chicago|compton|detroit|east coast|houston|london|los angeles|memphis|miami|minneapolis|nashville|new jersey|new orleans|new york|oakland|paris|philly|seattle|texas|toronto|west coast';
const PLACE = new RegExp(`^(?:${PLACES})(?!\\p{L})`, 'u');
const WHOLE = new RegExp(`(?<![\\p{L}\\p{N}&])(?:${ABBREVIATIONS})(?![\\p{L}\\p{N}&])`, 'gu');
const FIRST = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:${PEOPLES})(?!\\p{L})|[cjkv](?=-(?:pop|rock|rap|indie|hip))|[gp](?= funk))`,
  'gu',
);

/** A genre in English spelling: "uk R&B" in lower case becomes "UK R&B", "k-pop" "K-pop", "canadian hip hop" "Canadian hip hop". */
export function genreWords(genre: string): string {
  return genre
    .replace(PLACE, (place) => place.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase()))
    .replace(WHOLE, (word) => word.toUpperCase())
    .replace(FIRST, (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
}
