import { SegueError } from '../errors.ts';
import type { Secrets, ServiceContext } from './contract.ts';
import type { ConnectionStore } from './store.ts';

/** Longest that a renewal may take before another process may try. */
const LEASE_MS = 45_000;
const LOOK_AGAIN_MS = 100;

/**
 * Renews the secrets of a connection in one place at a time, among all processes: a rotating refresh token can be used once.
 * @throws SegueError SERVICE_AWAY when another renewal does not end, and what `renew` throws
 */
export async function renewAlone(
  store: ConnectionStore,
  id: string,
  now: () => number,
  wait: ServiceContext['wait'],
  renew: (current: Secrets) => Promise<Secrets>,
): Promise<Secrets> {
  for (let waited = 0; !store.beginRenewal(id, now(), now() + LEASE_MS); waited += LOOK_AGAIN_MS) {
    if (waited > LEASE_MS)
      throw new SegueError('SERVICE_AWAY', {
        got: 'Another process is still renewing the sign-in',
        remedy: 'Try again',
      });
    await wait(LOOK_AGAIN_MS);
  }
  let renewed: Secrets;
  try {
    const current = store.secrets(id);
    renewed = await renew(current);
    if (renewed !== current) store.keepSecrets(id, renewed);
  } finally {
    store.endRenewal(id);
  }
  // What was renewed is good no more: the new one must outlast a loss of power.
  await store.settle();
  return renewed;
}
