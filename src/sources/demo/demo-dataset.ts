import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { DEMO_DEFAULTS, demoBatches } from './demo.ts';
import type { DemoSize } from './world.ts';

/** The demo world in memory, for tests, benches and the first run. */
export function demoDataset(size: Partial<DemoSize> = {}): Dataset {
  const builder = new DatasetBuilder();
  for (const batch of demoBatches({ ...DEMO_DEFAULTS, ...size })) builder.add(batch);
  return builder.finish();
}
