import { openConnected } from '../../src/connect/open.ts';
import { spotifyAt } from '../../src/connect/spotify/spotify.ts';
import { Library } from '../../src/library/library.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';

/** Syncs an account until it is done or killed. Arguments: library, origin of the service, connection. */
const [dir, origin, id] = process.argv.slice(2) as [string, string, string];
const library = await Library.open(dir);
const household = openHousehold(library, undefined);
const connected = await openConnected(library, null, household, [spotifyAt({ accounts: origin, api: origin })]);
await connected.connections.sync(id);
connected.close();
await household.close();
