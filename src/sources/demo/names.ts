import type { Rng } from '../../math/rng.ts';
import type { Style } from './styles.ts';

const ADJECTIVES =
  'Velvet Hollow Golden Paper Silver Quiet Northern Electric Wooden Crimson Distant Broken Lunar Salt Amber Static Marble Hidden Cobalt Wild Gentle Iron Faded Burning Glass Midnight Painted Sleeping Copper Winter Crooked Radiant Lonely Emerald Second Patient Drifting Bitter Tidal Scarlet'.split(
    ' ',
  );
const NOUNS =
  'Harbor Lanterns Foxes Orchard Satellites Rivers Arcade Wolves Meridian Choir Engines Mirrors Gardens Sparrows Tides Cathedral Motel Compass Shadows Parade Horses Avenue Sirens Canyon Letters Kites Ravens Signal Carousel Pines Static Embers Lighthouse Machines Atlas Strangers Monsoon Archive Bridges Comets'.split(
    ' ',
  );
const GIVEN =
  'Mira Jonah Tessa Elio Runa Caleb Noor Silas Ines Otis Lena Marlo Freya Dante Wren Idris Clara Felix Asha Bruno Nadia Theo Yara Hugo Iris Milo Sade Rafael Odette Kofi Luz Emil Zora Anders Paloma Jude Thea Omar Vera Leon'.split(
    ' ',
  );
const ONSETS = [
  'b',
  'br',
  'c',
  'd',
  'dr',
  'f',
  'g',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
  'z',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const CODAS = ['', '', 'l', 'n', 'r', 's', 'nd', 'rt', 'th', 'ck', 'm'];
const VERBS =
  'Run Wait Fall Dance Burn Stay Drift Call Hold Breathe Shine Turn Float Dream Leave Return Whisper Begin Follow Wander'.split(
    ' ',
  );
const OBJECTS =
  'the Fire|the Morning|Your Name|the Water|Tomorrow|the City|My Hands|the Sky|Home|the Night|a Stranger|the Line|the Snow|These Walls|the Coast|Forever|the Static|the Radio|Nothing|the Light'.split(
    '|',
  );
const SCENES =
  'June|Saturday|Lisbon|the Kitchen|Highway 9|August|the Harbor|Room 12|Sunday|Midwinter|Havana|the Rooftop|Elm Street|November|the Valley|Marseille|the Backseat|Nairobi|the Platform|Oslo'.split(
    '|',
  );

const pick = <T>(rng: Rng, values: readonly T[]): T => values[rng.below(values.length)]!;

/** A made-up surname of one to three syllables. */
function surname(rng: Rng): string {
  let name = '';
  const syllables = 1 + rng.below(3);
  for (let i = 0; i < syllables; i++)
    name += pick(rng, ONSETS) + pick(rng, VOWELS) + (i + 1 === syllables ? pick(rng, CODAS) : '');
  return name[0]!.toUpperCase() + name.slice(1);
}

/** A readable name that fits the kind of act. Names may recur in a very large world, as they do in the real one. */
export function artistName(rng: Rng, style: Style): string {
  switch (pick(rng, style.acts)) {
    case 'solo':
      return rng.below(5) === 0
        ? `${pick(rng, GIVEN)} ${pick(rng, GIVEN)} ${surname(rng)}`
        : `${pick(rng, GIVEN)} ${surname(rng)}`;
    case 'project':
      return pick(rng, [
        () => surname(rng),
        () => `${pick(rng, ADJECTIVES)} ${surname(rng)}`,
        () => `${surname(rng)} & ${surname(rng)}`,
        () => `${pick(rng, NOUNS).toUpperCase()} ${1 + rng.below(99)}`,
      ])();
    case 'ensemble':
      return `${pick(rng, GIVEN)} ${surname(rng)} ${pick(rng, ['Quartet', 'Trio', 'Ensemble', 'Orchestra', 'Quintet'])}`;
    default:
      return pick(rng, [
        () => `The ${pick(rng, ADJECTIVES)} ${pick(rng, NOUNS)}`,
        () => `${pick(rng, ADJECTIVES)} ${pick(rng, NOUNS)}`,
        () => `${surname(rng)} ${pick(rng, NOUNS)}`,
        () => `The ${surname(rng)}s`,
      ])();
  }
}

export function trackName(rng: Rng): string {
  const name = pick(rng, [
    () => `${pick(rng, VERBS)} ${pick(rng, OBJECTS)}`,
    () => `${pick(rng, ADJECTIVES)} ${pick(rng, NOUNS)}`,
    () => `${pick(rng, SCENES)} in ${pick(rng, SCENES)}`,
    () => `${pick(rng, NOUNS)} of ${surname(rng)}`,
    () => `${pick(rng, VERBS)}, ${pick(rng, GIVEN)}`,
    () => `${pick(rng, SCENES)}`,
    () => `${pick(rng, VERBS)} (${pick(rng, OBJECTS)})`,
  ])();
  return name[0]!.toUpperCase() + name.slice(1);
}

export function albumName(rng: Rng): string {
  return pick(rng, [
    () => `${pick(rng, ADJECTIVES)} ${pick(rng, NOUNS)}`,
    () => `${pick(rng, NOUNS)} & ${pick(rng, NOUNS)}`,
    () => `Songs for ${pick(rng, SCENES)}`,
    () => `${surname(rng)}`,
    () => `The ${pick(rng, NOUNS)} ${pick(rng, ['Sessions', 'Tapes', 'Letters', 'EP', 'Years'])}`,
  ])();
}
