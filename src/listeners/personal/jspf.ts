import type { ListVersion, SavedList } from '../lists.ts';

/** Of a track, as JSON.stringify indents it there. */
const INDENT = '      ';

/** A list as JSPF, the JSON form of XSPF (https://xspf.org/jspf), in pieces: head, one per song, tail. */
export function* jspf(list: SavedList, { at, songs }: ListVersion): Generator<string> {
  const playlist = {
    title: list.name,
    ...(list.description && { annotation: list.description }),
    creator: 'Segue',
    date: new Date(at).toISOString(),
    track: [],
  };
  const empty = `${JSON.stringify({ playlist }, null, 2)}\n`;
  const inside = empty.lastIndexOf(']');
  yield empty.slice(0, inside);
  let before = '\n';
  for (const { song, title, artists } of songs) {
    const track = {
      identifier: [song],
      ...(title && { title }),
      ...(artists.length > 0 && { creator: artists.join(', ') }),
    };
    yield before + JSON.stringify(track, null, 2).replace(/^/gm, INDENT);
    before = ',\n';
  }
  yield (songs.length > 0 ? '\n    ' : '') + empty.slice(inside);
}
