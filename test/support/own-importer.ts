import { importMine } from '../../src/listeners/import-mine/import-mine.ts';
import { openRepository } from '../../src/listeners/open.ts';
import { Resolver } from '../../src/listeners/resolve/resolver.ts';
import { datasetOf } from './small-dataset.ts';

/**
 * Imports a person's export, and kills itself at the n-th report of writing, or immediately before the import takes effect. Arguments: folder,
 * address of a PostgreSQL or '', listener, file, n or `last`.
 */
const [dir, url, listener, path, when] = process.argv.slice(2) as [string, string, string, string, string];
const repository = await openRepository(dir, url || undefined);
const resolver = await Resolver.build(datasetOf([{ uri: 'spotify:track:x', name: 'X', artists: [{ name: 'Y' }] }]));
let writes = 0;
await importMine(repository, resolver, [path], listener, {
  onProgress({ fraction, note }) {
    if (note === 'writing' && (when === 'last' ? fraction === 1 : ++writes === Number(when)))
      process.kill(process.pid, 'SIGKILL');
  },
});
