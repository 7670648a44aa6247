import { hostname } from 'node:os';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === 'localhost' || host === '::1';

/**
 * Whether a lower-case host is a numeric address according to the URL standard's parser: `10.0.0.5` or `[fd00::1]`. Short, octal and hexadecimal
 * forms, which the parser would rewrite, are not accepted.
 */
export function isAddress(name: string): boolean {
  if (!/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]{2,45}\])$/.test(name)) return false;
  const parsed = URL.parse(`http://${name}`)?.hostname;
  return parsed !== undefined && (name.startsWith('[') || parsed === name);
}

/**
 * The host names under which a server may be addressed. Otherwise, a web page elsewhere could point its own domain here and read the responses (DNS
 * rebinding). Beyond loopback, every numeric address is allowed, since none can be such a domain, and so is this machine's own name.
 */
export class HostNames {
  private readonly names: ReadonlySet<string>;
  private readonly any: boolean;
  private readonly inNumbers: boolean;

  /** @param allowed further host names; `*` allows any @param loopback whether only this machine can reach the server */
  constructor(allowed: readonly string[], loopback: boolean) {
    const own = loopback ? [] : [hostname(), `${hostname()}.local`];
    this.names = new Set([...LOOPBACK, ...[...allowed, ...own].map((name) => name.toLowerCase())]);
    this.any = allowed.includes('*');
    this.inNumbers = !loopback;
  }

  /** @param host as in a request's header, with or without a port */
  allow(host: string): boolean {
    const name = nameOf(host);
    return this.any || this.names.has(name) || (this.inNumbers && isAddress(name));
  }

  list(): string[] {
    return [...this.names];
  }
}

/** A Host header without its port, in lower case. */
export const nameOf = (host: string): string => host.replace(/:\d{1,5}$/, '').toLowerCase();
