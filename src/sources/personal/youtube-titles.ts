import { splitLine } from '../../dataset/song-line.ts';
import type { SongName } from './rows.ts';
import { songName } from './values.ts';

/** What Takeout writes around a title, by language. */
const AROUND: readonly RegExp[] = [
  /^Watched\s+(.*)$/s,
  /^Listened to\s+(.*)$/s,
  /^(?:Vous avez regardé|A regardé)\s+(.*)$/s,
  /^Has visto\s+(.*)$/s,
  /^Hai guardato\s+(.*)$/s,
  /^(?:Assistiu a|Você assistiu a|Viu)\s+(.*)$/s,
  /^(.*)\s(?:angesehen|angehört)$/s,
  /^(.*)\sbekeken$/s,
  /^Obejrzano:?\s+(.*)$/s,
  /^Вы посмотрели(?: видео)?\s+(.*)$/s,
];
const TOPIC = /\s-\s(?:Topic|Thema|Tema|Sujet|Argomento|Тема|トピック|Onderwerp)$/i;
/** What labels add to a title of a video. */
const VIDEO_WORDS =
  /[([](?:official|lyrics?|audio|video|hd|hq|4k|visuali[sz]er|music video|clip officiel|offizielles)[^()[\]]{0,200}[)\]]/gi;
const VIDEO_ID = /[?&]v=([\w-]{11})/;

/** A title without the words around it, which say that it was watched. */
export function watchedTitle(text: string): string {
  for (const pattern of AROUND) {
    const match = pattern.exec(text.trim());
    if (match) return match[1]!.trim();
  }
  return text.trim();
}

/**
 * The song behind a video: an artist's own channel ("… - Topic") has the plain title; elsewhere "Artist - Title" is split and the words of
 * videos are dropped. Null when nothing names it.
 */
export function videoSong(title: string, channel: string, url: string): SongName | null {
  const id = VIDEO_ID.exec(url)?.[1];
  const uri = id ? `youtube:video:${id}` : undefined;
  if (/^https?:\/\//.test(title) || title === '') return null;
  if (TOPIC.test(channel)) return songName({ title, artists: [channel.replace(TOPIC, '').trim()], uri });
  const plain = title.replace(VIDEO_WORDS, '').replace(/\s+/g, ' ').trim();
  const split = splitLine(plain, true);
  if (split) return songName({ title: split[1], artists: [split[0]], uri });
  return songName({ title: plain, artists: [channel.replace(/VEVO$/, '').trim()], uri });
}

/** The id in the address that videoSong gives. */
export const videoId = (uri: string | undefined): string => /^youtube:video:(.+)$/.exec(uri ?? '')?.[1] ?? '';
