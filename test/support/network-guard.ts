import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

/*
 * Preloaded into a process by `--import`, and so into its worker threads and children: writes every attempt to reach anything over a network, this
 * machine included, to the file that SEGUE_ATTEMPTS names, one line each. To look up an address in numbers asks nobody. The attempt itself goes on.
 */

const file = process.env.SEGUE_ATTEMPTS;
const note = (what: string): void => {
  if (file)
    appendFileSync(file, `${what} (${isMainThread ? 'main thread' : 'worker'} of ${process.argv[1] ?? 'node'})\n`);
};
type Method = (this: unknown, ...args: unknown[]) => unknown;
/** @param say what an attempt is; null = it is none */
const watched = (holder: object, name: string, say: (args: readonly unknown[]) => string | null): void => {
  const methods = holder as Record<string, Method>;
  const real = methods[name];
  if (!real) return;
  methods[name] = function (...args) {
    const attempt = say(args);
    if (attempt !== null) note(attempt);
    return real.apply(this, args);
  };
};

watched(net.Socket.prototype, 'connect', ([first]) => {
  const to = (Array.isArray(first) ? first[0] : first) as { host?: string; port?: number; path?: string } | number;
  return typeof to === 'object' ? `connect ${to.path ?? `${to.host ?? 'localhost'}:${to.port}`}` : `connect ${to}`;
});
for (const name of ['send', 'connect']) watched(dgram.Socket.prototype, name, () => 'datagram');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse'])
  for (const holder of [dns, dns.promises])
    watched(holder, name, ([host]) => (net.isIP(String(host)) > 0 ? null : `look-up of ${String(host)}`));
syncBuiltinESMExports();
