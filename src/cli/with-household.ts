import type { Command } from 'commander';
import type { Library } from '../library/library.ts';
import { type Household, openHousehold } from '../listeners/personal/household.ts';
import { databaseUrl, openLibrary } from './context.ts';

/** Opens the library's household for one command and closes it afterwards. @throws SegueError LIBRARY_EMPTY if there is no library */
export async function withHousehold(
  command: Command,
  work: (context: { household: Household; library: Library }) => Promise<void>,
): Promise<void> {
  const library = await openLibrary(command);
  const household = openHousehold(library, databaseUrl(command));
  try {
    await work({ household, library });
  } finally {
    await household.close();
  }
}
