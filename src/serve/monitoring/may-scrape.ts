import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fromHere } from '../from-here.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request may read the metrics: with the token if one is set; otherwise only from this machine and not through a proxy on it.
 * @param address of the peer
 */
export function mayScrape(
  headers: IncomingHttpHeaders,
  address: string | undefined,
  token: string | undefined,
): boolean {
  if (token !== undefined) {
    const given = /^Bearer ([!-~]{1,1000})$/i.exec(headers.authorization ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), digest(token));
  }
  return fromHere(headers, address);
}
