import { join } from 'node:path';

/** The network's weights in the folder of downloads. */
export const NETWORK_FILE = 'musicnn.weights';

/** Where the network is, or would be. @param dir folder of downloads */
export const networkFile = (dir: string): string => join(dir, NETWORK_FILE);
