import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request comes from this machine, and not through a proxy on it. @param address of the peer */
export function fromHere(headers: IncomingHttpHeaders, address: string | undefined): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  return (
    address !== undefined &&
    /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(address)
  );
}
