import { statfs } from 'node:fs/promises';
import type { Configuration } from '../../configuration/settings.ts';
import { load } from '../../math/kernels/kernels.ts';
import type { Check, Finding, Installation } from './finding.ts';
import { disk, library, lock, models, permissions, searchIndex } from './library.ts';
import { healthPort, kernels, node, port } from './platform.ts';
import { listeners, spark } from './services.ts';

/** Every check, one line each. */
export const CHECKS: readonly Check[] = [
  node,
  kernels,
  library,
  disk,
  lock,
  models,
  searchIndex,
  listeners,
  permissions,
  port,
  healthPort,
  spark,
];

/** Describes this installation. */
export const installation = (settings: Configuration, env: NodeJS.ProcessEnv = process.env): Installation => ({
  settings,
  env,
  nodeVersion: process.versions.node,
  freeBytes: async (dir) => {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  },
  loadKernels: () => void load(),
});

/** Examines everything; changes nothing. */
export async function examine(subject: Installation): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) findings.push(await check(subject));
  return findings;
}
