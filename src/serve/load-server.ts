import { setImmediate as turn } from 'node:timers/promises';

/** The largest parts of the server, each loaded with all that it imports. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('../models/registry.ts'),
  () => import('../recommend/engine.ts'),
  () => import('../connect/open.ts'),
  () => import('../listeners/personal/household.ts'),
  () => import('fastify'),
  () => import('./routes/index.ts'),
];

/** Loads the server's modules in parts, because loading blocks this thread; between parts, it passes messages on to the answering thread. */
export async function loadServer(): Promise<typeof import('./server.ts')> {
  for (const load of PARTS) {
    await load();
    await turn();
  }
  return import('./server.ts');
}
