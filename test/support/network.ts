import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchNetwork } from '../../src/connect/own-files/fetch-network.ts';
import type { TagWeights } from '../../src/math/sound/tag-network.ts';
import { readWeights } from '../../src/sources/own-files/musicnn/weights-file.ts';

/** The published wheel of musicnn 0.1.0, which `.ci/run` fetches. */
export const WHEEL = process.env.SEGUE_TEST_MUSICNN;

/** Why tests that need it are skipped. */
export const NO_WHEEL =
  'SEGUE_TEST_MUSICNN does not name the wheel of musicnn 0.1.0 (`pip download musicnn==0.1.0 --no-deps`)';

/** The published weights. */
export async function publishedWeights(wheel: string): Promise<TagWeights> {
  const dir = mkdtempSync(join(tmpdir(), 'segue-network-'));
  try {
    return readWeights(await fetchNetwork({ dir, wheel, ledger: { note: () => undefined } }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
