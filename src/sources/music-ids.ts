const MBID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ISRC = /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/;
const EACH = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A MusicBrainz id in lower case; null when the text is none. */
export function mbidOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const id = text.trim().toLowerCase();
  return MBID.test(id) ? id : null;
}

/** A recording's ISRC, in capitals and without separators; null when the text is none. */
export function isrcOf(text: string): string | null {
  const isrc = text.replace(/[\s-]/g, '').toUpperCase();
  return ISRC.test(isrc) ? isrc : null;
}

/** The MusicBrainz ids in a cell or an address: `a,b`, `{a,b}` or a JSON list. */
export const mbidsOf = (cell: string): string[] => cell.toLowerCase().match(EACH) ?? [];

export const recordingUri = (mbid: string): string => `musicbrainz:recording:${mbid}`;
export const artistUri = (mbid: string): string => `musicbrainz:artist:${mbid}`;
export const releaseUri = (mbid: string): string => `musicbrainz:release:${mbid}`;

const JOINS = /[,&+;/]|\b(?:feat|ft|featuring|and|with|vs|x)\b\.?/i;

/**
 * The artists of a credit such as "A feat. B": MusicBrainz gives their ids in order, but their names only joined. Where the credit does not part into as
 * many names as there are ids, it stays one artist, with the id when there is only one.
 */
export function creditedArtists(credit: string, mbids: readonly string[]): { uri?: string; name: string }[] {
  const name = credit.trim();
  if (name === '') return [];
  if (mbids.length === 1) return [{ uri: artistUri(mbids[0]!), name }];
  const names = name
    .slice(0, 1000)
    .split(JOINS)
    .map((one) => one.trim());
  if (mbids.length > 1 && names.length === mbids.length && !names.includes(''))
    return names.map((one, i) => ({ uri: artistUri(mbids[i]!), name: one }));
  return [{ name }];
}
