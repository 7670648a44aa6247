import type { ListVersion, SavedList } from '../lists.ts';

/** A list as JSPF, the JSON form of XSPF (https://xspf.org/jspf). */
export function jspf(list: SavedList, { at, songs }: ListVersion): string {
  const playlist = {
    title: list.name,
    ...(list.description && { annotation: list.description }),
    creator: 'Segue',
    date: new Date(at).toISOString(),
    track: songs.map(({ song, title, artists }) => ({
      identifier: [song],
      ...(title && { title }),
      ...(artists.length > 0 && { creator: artists.join(', ') }),
    })),
  };
  return `${JSON.stringify({ playlist }, null, 2)}\n`;
}
