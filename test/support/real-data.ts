import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real data is outside the repository and never part of it; tests that use it are skipped where it is absent. */
export const REAL_DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const MPD_SAMPLE = `${REAL_DATA}mpd-sample`;
export const hasRealData = existsSync(MPD_SAMPLE);
/** Pass as a test's `skip` option. */
export const skipWithoutRealData = hasRealData ? false : 'the real data set is not on this machine';
