import { editDistance, forgiven } from './edit-distance.ts';
import type { Performance, TitleParts } from './title-parts.ts';

/** Recordings that another artist or a machine made of the song: not what was heard. */
const FOREIGN: readonly Performance[] = ['karaoke', 'cover', 'instrumental', 'altered'];
/** Numbers in titles, as digits, Roman or in words: songs that differ in one are different songs. */
const NUMERALS = /\d+|(?<![a-z])(?:i{1,3}|iv|v|vi{1,3}|ix|x)(?![a-z])/g;
const NUMBER_WORDS = /one|two|three|four|five|six|seven|eight|nine|ten/g;

/** How surely two titles name one song, 0–1; the written form tells numbers. */
export function titleSimilarity(asked: TitleParts, known: TitleParts, askedText: string, knownText: string): number {
  const similarity = keysSimilarity(asked, known, askedText, knownText);
  return similarity === 0 ? 0 : similarity - performancePenalty(asked.performance, known.performance);
}

function keysSimilarity(asked: TitleParts, known: TitleParts, askedText: string, knownText: string): number {
  if (asked.core === known.core) return 1;
  if (asked.plain === known.plain) {
    // "(I Can't) Wait" and "Wait": one of them leaves the bracket out. With two different brackets they may be two songs.
    const bare = asked.core === asked.plain || known.core === known.plain;
    return bare ? 0.93 : 0.7;
  }
  const most = Math.min(forgiven(asked.core.length), forgiven(known.core.length));
  if (most === 0) return 0;
  const distance = editDistance(asked.core, known.core, most);
  if (distance > most || numbers(askedText) !== numbers(knownText)) return 0;
  // A plural is as often another song as a slip of the pen.
  if (`${asked.core}s` === known.core || `${known.core}s` === asked.core) return 0.75;
  return distance === 1 ? 0.92 : 0.87;
}

function performancePenalty(asked: ReadonlySet<Performance>, known: ReadonlySet<Performance>): number {
  let penalty = 0;
  for (const kind of new Set([...asked, ...known]))
    if (asked.has(kind) !== known.has(kind)) penalty = Math.max(penalty, FOREIGN.includes(kind) ? 0.4 : 0.08);
  return penalty;
}

const numbers = (title: string): string => {
  const text = title.toLowerCase();
  return [...(text.match(NUMERALS) ?? []), '|', ...(text.match(NUMBER_WORDS) ?? [])].join(' ');
};

/** How surely two artists' keys name one artist, 0–1. */
export function artistSimilarity(asked: string, known: string): number {
  if (asked === known) return 1;
  const most = Math.min(forgiven(asked.length), forgiven(known.length));
  if (most === 0) return 0;
  const distance = editDistance(asked, known, most);
  if (distance > most || numbers(asked) !== numbers(known)) return 0;
  return distance === 1 ? 0.92 : 0.87;
}
