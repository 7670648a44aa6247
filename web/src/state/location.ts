/** The page's address: `#/<view>?<encoded query>`. */

export const VIEWS = ['discover', 'map', 'data', 'lab', 'home', 'mine', 'connections', 'live', 'operate'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View;
  /** The query as encoded by `encodeQuery`, or `s` = too long for an address, stored in this tab. */
  code: string;
  /** The address contained something other than an encoded query. */
  damaged?: true;
}

export function readPlace(hash: string): Place {
  const [path = '', code = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const view = VIEWS.find((v) => v === path) ?? 'discover';
  if (code !== '' && !/^(?:s|[qz][\w-]*)$/.test(code)) return { view, code: '', damaged: true };
  return { view, code };
}

export function writePlace(place: Place): string {
  return place.code === '' ? `#/${place.view}` : `#/${place.view}?${place.code}`;
}
