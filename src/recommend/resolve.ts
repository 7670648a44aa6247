import { SegueError } from '../errors.ts';
import { turn } from '../turn/turn.ts';
import type { PastedLine } from './pasted/line.ts';
import { type PastedList, readPasted } from './pasted/read.ts';
import type { ExactSongs, Hit } from './search/exact-songs.ts';
import { type SongText, splitSong } from './search/song-text.ts';
import { SURE, type TrackSearch } from './search/track-search.ts';
import type { Checkpoint } from './situation.ts';
import type { State } from './state.ts';
import { findTrack, parseSpotify } from './track-id.ts';

export interface Resolved {
  line: number;
  text: string;
  /** −1 = no match */
  track: number;
  confidence: number;
  suggested: Hit[];
  /** Why there is no match, or what was matched instead; null when there is nothing to say. */
  note: string | null;
}

/** Longest time, in milliseconds, before matching a long list yields to other work. */
const BREATHE = 15;
/** Matches below this are not suggested. */
const NEAR = 0.25;
const MOST_OF_AN_ARTIST = 10;
const MOST_LINES = 10_000;

/** Parses a text or export as a list of songs. @throws SegueError USAGE above 10,000 songs */
export function parsePasted(text: string): PastedList {
  const list = readPasted(text);
  if (list.lines.length > MOST_LINES)
    throw new SegueError('USAGE', {
      got: `The list has ${list.lines.length} songs`,
      expected: `at most ${MOST_LINES}`,
      remedy: 'Split the list',
    });
  return list;
}

/** Matches every line of a text or export to a song: by id, by exact names, else by the typo-tolerant search. */
export async function resolveText(
  state: State,
  text: string,
  suggestions: number,
  checkpoint?: Checkpoint,
): Promise<{ format: string; title: string; resolved: Resolved[] }> {
  const { format, title, lines } = parsePasted(text);
  return { format, title, resolved: await resolveLines(state, lines, suggestions, checkpoint) };
}

/** Matches lines of a text or export, each independently. */
export async function resolveLines(
  state: State,
  lines: readonly PastedLine[],
  suggestions: number,
  checkpoint?: Checkpoint,
): Promise<Resolved[]> {
  const songs = await state.exactSongs(lines.length);
  const resolved: Resolved[] = [];
  let breath = performance.now();
  for (const line of lines) {
    checkpoint?.();
    if (performance.now() - breath > BREATHE) {
      await turn();
      breath = performance.now();
    }
    resolved.push({
      line: line.line,
      text: line.text.slice(0, 1000),
      ...(await resolveLine(state, songs, line, suggestions)),
    });
  }
  return resolved;
}

type Match = Pick<Resolved, 'track' | 'confidence' | 'suggested' | 'note'>;

async function resolveLine(state: State, songs: ExactSongs, line: PastedLine, suggestions: number): Promise<Match> {
  const { vocabulary } = state.dataset.tracks;
  const id = line.id === '' ? line.text : line.id;
  const direct = findTrack(vocabulary, id);
  if (direct >= 0) return { track: direct, confidence: 1, suggested: [], note: null };
  const spotify = parseSpotify(id.trim());
  if (spotify?.kind === 'artist') return artistSongs(state, await state.trackSearch(), spotify.uri);
  const song = songText(line);
  if (spotify && (song.text === '' || song.text === id)) {
    const note =
      spotify.kind === 'track'
        ? 'This track is not in the catalogue.'
        : `Segue cannot look up the songs of a Spotify ${spotify.kind}. Export it, then paste or drop the file.`;
    return { track: -1, confidence: 0, suggested: [], note };
  }
  const exact = songs.findLine(song);
  if (exact) return { track: exact.track, confidence: exact.match, suggested: [], note: null };
  const search = await state.trackSearch();
  const near = search.find(song.text, suggestions + 1, false).filter((hit) => hit.match >= NEAR);
  const best = near[0];
  if (best && best.match >= SURE)
    return { track: best.track, confidence: best.match, suggested: near.slice(1), note: null };
  return { track: -1, confidence: 0, suggested: near.slice(0, suggestions), note: 'No song matches well enough.' };
}

function songText(line: PastedLine): SongText {
  if (line.title === '') return splitSong(line.text);
  return { text: `${line.artist} - ${line.title}`, artist: line.artist, title: line.title };
}

function artistSongs(state: State, search: TrackSearch, uri: string): Match {
  const artist = state.dataset.artists.vocabulary.indexOf(uri);
  if (artist < 0) return { track: -1, confidence: 0, suggested: [], note: 'This artist is not in the catalogue.' };
  const songs = search.artists.tracksOf(artist, MOST_OF_AN_ARTIST);
  return {
    track: -1,
    confidence: 0,
    suggested: Array.from(songs, (track) => ({ track, match: 1 })),
    note: `This is an artist; these are the most popular songs by ${state.dataset.artists.names.get(artist)}.`,
  };
}
