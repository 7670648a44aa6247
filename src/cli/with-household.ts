import type { Command } from 'commander';
import type { Library } from '../library/library.ts';
import { type Household, openHousehold } from '../listeners/personal/household.ts';
import { databaseUrl, openLibrary, openOrCreateLibrary } from './context.ts';

/**
 * Opens the library's household for one command and closes it afterwards.
 * @throws SegueError LIBRARY_EMPTY if the listeners are in the library and there is none
 */
export async function withHousehold(
  command: Command,
  work: (context: { household: Household; library: Library }) => Promise<void>,
): Promise<void> {
  const url = databaseUrl(command);
  // In PostgreSQL, the household may come before the data.
  const library = await (url === undefined ? openLibrary(command) : openOrCreateLibrary(command));
  const household = openHousehold(library, url);
  try {
    await work({ household, library });
  } finally {
    await household.close();
  }
}
