import type { Command } from 'commander';
import { type Connected, openConnected } from '../connect/open.ts';
import { Engine } from '../recommend/engine.ts';
import { withHousehold } from './with-household.ts';

/** Runs work with the library's connections and closes them afterwards. The library may hold no data yet. */
export async function withConnected(
  command: Command,
  use: (connected: Connected) => Promise<void> | void,
): Promise<void> {
  await withHousehold(command, async ({ household, library }) => {
    const engine = (await library.datasetId()) === null ? null : await Engine.open(library);
    const connected = await openConnected(library, engine, household);
    try {
      await use(connected);
    } finally {
      connected.close();
    }
  });
}
