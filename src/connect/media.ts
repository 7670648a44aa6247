import type { Media } from './contract.ts';

/** Headers of a media answer that a browser needs; all others, cookies among them, stay behind. */
const MEDIA_HEADERS = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'last-modified', 'etag'];

/** What a server answered as bytes of a song or a cover that may be handed on. */
export function mediaOf(response: Response): Media {
  const headers: Record<string, string> = {};
  for (const name of MEDIA_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  // A body that the server compressed arrives unpacked: its length is no longer the one that was said.
  if (response.headers.has('content-encoding')) delete headers['content-length'];
  return { status: response.status, headers, body: response.body };
}
