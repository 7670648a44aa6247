import type { StringColumn } from '../../dataset/strings.ts';
import { titleWords } from '../search/moods.ts';
import { namesLike } from '../search/title-scan.ts';
import { searchWords } from '../search/trigrams.ts';

/** German and Spanish words for moods, occasions and times, as searchWords writes them, listed by English word. */
const WORDS = `
sad: traurig traurige traurigen triste tristes
happy: frohlich frohliche frohlichen glucklich gluckliche heiter heitere alegre alegres feliz felices
calm: ruhig ruhige ruhigen entspannt entspannte entspannten entspannend sanft sanfte tranquila tranquilo tranquilas relajante suave suaves
melancholic: melancholisch melancholische melancolica melancolico
energetic: energisch energische energiegeladen energica energico
sleep: schlafen einschlafen dormir
studying: lernen estudiar
running: laufen joggen correr
workout: trainieren entrenar gimnasio
dancing: tanzen bailar
fast: schnell schnelle schnellen rapida rapidas rapido
slow: langsam langsame langsamen lenta lentas lento
acoustic: akustisch akustische acustica acustico
work: arbeit arbeiten trabajar trabajo
cooking: kochen cocinar
breakfast: fruhstuck desayuno
dinner: abendessen cena
coffee: kaffee
party: feier feiern fiesta
wedding: hochzeit boda
christmas: weihnachten weihnacht navidad
love: liebe liebeslieder amor
heartbreak: herzschmerz liebeskummer desamor
kids: kinder ninos
beach: strand playa
vacation: urlaub ferien vacaciones
trip: reise viaje
driving: autofahren autofahrt conducir
rain: regen lluvia
rainy: verregnet verregnete verregneter regnerisch regentag lluviosa lluvioso
monday: montag lunes
friday: freitag viernes
saturday: samstag sabado
sunday: sonntag domingo
morning: morgen manana
evening: abend
night: nacht noche
spring: fruhling primavera
summer: sommer verano
autumn: herbst otono
winter: invierno
piano: klavier
guitar: gitarre guitarra
classical: klassik klassische clasica
`;

/** Pictographs that name an occasion or a mood. */
const PICTOGRAPHS = `
christmas: 🎄 🎅
halloween: 🎃 👻
beach: 🏖 ⛱
summer: 🌞 ☀ 🍉
winter: ❄ ⛄
autumn: 🍂 🍁
spring: 🌸 🌷
rainy: ☔ 🌧
night: 🌙 🌃
party: 🎉 🥳 🍾
driving: 🚗 🚙 🏎
travel: ✈ 🧳
workout: 💪 🏋
running: 🏃
yoga: 🧘
sleep: 😴 💤
sad: 😢 😭 😔
heartbreak: 💔
happy: 😀 😃 😊 🙂 😁
love: ❤ 💕 😍 🥰
wedding: 💒 👰
coffee: ☕
cooking: 🍳 🧑‍🍳
studying: 📚 🎓
chill: 😌 🍃
country: 🤠
metal: 🤘
rock: 🎸
piano: 🎹
jazz: 🎷
dance: 💃 🕺
`;

const read = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [english, others] = line.split(': ') as [string, string];
        return others.split(' ').map((word) => [word, english] as const);
      }),
  );
const ENGLISH_OF_WORD = read(WORDS);
const ENGLISH_OF_PICTOGRAPH = read(PICTOGRAPHS);

/** Number of playlists with a word in their titles that make it a word of the library. */
const OWN = 3;
const PART = /[\p{L}\p{M}\p{N}'’]+|\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic})*/gu;

const englishOf = (word: string): string | undefined =>
  // "80er" is "80s".
  ENGLISH_OF_WORD.get(word) ?? (/^(?:19|20)?\d0er$/.test(word) ? word.replace('er', 's') : undefined);

/** The English for a German or Spanish word for a mood or an occasion, otherwise the word itself. @param word as searchWords writes it */
export const inEnglish = (word: string): string => englishOf(word) ?? word;

/**
 * Adds the English after each word or pictograph that the library's playlists do not use, so that "verregneter Sonntag" also finds playlists named
 * "rainy sunday". Takes one pass over the titles for each such word.
 */
export function withEnglish(title: string, titles: StringColumn): string {
  return title.replace(PART, (part) => {
    const key = searchWords(part).join('');
    const english = key === '' ? ENGLISH_OF_PICTOGRAPH.get(part) : englishOf(key);
    return english === undefined || isUsed(titles, key === '' ? part : key) ? part : `${part} ${english}`;
  });
}

function isUsed(titles: StringColumn, word: string): boolean {
  let found = 0;
  for (const owner of namesLike(titles, word)) {
    const title = titles.get(owner);
    if ((titleWords(title).includes(word) || title.includes(word)) && ++found >= OWN) return true;
  }
  return false;
}
