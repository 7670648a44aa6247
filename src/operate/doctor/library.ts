import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listDirectory } from '../../library/files.ts';
import { Library } from '../../library/library.ts';
import { lockState } from '../../library/lock.ts';
import { ModelStore } from '../../recommend/model-store.ts';
import { viewSearch } from '../../recommend/search/search-file.ts';
import { type Check, ok, problem, warning } from './finding.ts';

/** Free bytes below which imports and trainings are likely to fail. */
const NEEDED_BYTES = 1 << 30;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

export const library: Check = async ({ settings: { library: dir } }) => {
  if (!(await isThere(dir)))
    return warning('library', `There is no library ${dir} yet.`, 'Import some data, e.g. `segue import demo`.');
  try {
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    const opened = await Library.open(dir);
    if ((await opened.datasetId()) === null)
      return warning('library', `The library ${dir} is empty.`, 'Import some data, e.g. `segue import demo`.');
    const { tracks } = await opened.dataset();
    return ok(
      'library',
      `The library ${dir} is readable and writable: ${tracks.vocabulary.size.toLocaleString('en')} songs.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES' || (error as NodeJS.ErrnoException).code === 'EROFS')
      return problem(
        'library',
        `This account cannot read and write the library ${dir}.`,
        'Change its owner to the account that runs Segue, e.g. with chown.',
      );
    return problem(
      'library',
      `The library ${dir} is damaged.`,
      'Restore a backup with `segue restore`, or import again into a new folder.',
    );
  }
};

export const disk: Check = async ({ settings: { library: dir }, freeBytes }) => {
  let folder = dir;
  while (!(await isThere(folder))) folder = join(folder, '..');
  const free = await freeBytes(folder);
  const text = `${(free / 1e9).toFixed(1)} GB of disk space free.`;
  return free >= NEEDED_BYTES
    ? ok('disk', text)
    : warning('disk', text, 'Free up space: imports and training write new files before they delete old ones.');
};

export const lock: Check = async ({ settings: { library: dir } }) => {
  const found = lockState(dir);
  switch (found.state) {
    case 'free':
      return ok('lock', 'The library is not locked.');
    case 'held':
      return ok('lock', `Process ${found.pid} is changing the library.`);
    case 'elsewhere':
      return warning(
        'lock',
        `A process on the host ${found.host} has locked the library.`,
        `If that host is gone for good, delete ${join(dir, 'lock')}.`,
      );
    case 'left':
      return warning(
        'lock',
        'A process ended without removing its lock.',
        'Nothing to do: the next change replaces it.',
      );
  }
};

export const models: Check = async ({ settings: { library: dir } }) => {
  try {
    const opened = await Library.open(dir);
    const saved = (await listDirectory(join(dir, 'models'))).filter((name) => name.endsWith('.model'));
    if (saved.length === 0) return warning('models', 'No model is trained.', 'Run `segue train`.');
    const store = new ModelStore(
      { loadModel: (id) => opened.loadModel(id) },
      await opened.dataset(),
      await opened.listModels(),
    );
    const unfit: string[] = [];
    for (const id of store.trained) {
      await store.get(id).catch(() => unfit.push(id));
    }
    if (unfit.length > 0)
      return problem(
        'models',
        `These models do not fit the library: ${unfit.join(', ')}.`,
        `Run \`segue train ${unfit.join(' ')}\`.`,
      );
    return ok('models', `${saved.length} models fit the library.`);
  } catch {
    return warning('models', 'The models could not be checked against the library.', 'Repair the library first.');
  }
};

export const searchIndex: Check = async ({ settings: { library: dir } }) => {
  try {
    const opened = await Library.open(dir);
    const id = await opened.datasetId();
    const bytes = id === null ? null : await opened.loadDerived('search', id);
    if (!bytes) return ok('search', 'No search index is saved: the first search builds it.');
    return viewSearch(bytes, await opened.dataset(), id!)
      ? ok('search', 'The saved search index fits the library.')
      : ok('search', 'The saved search index is of another version: the next search builds it again.');
  } catch {
    return warning(
      'search',
      'The saved search index is damaged.',
      'Nothing to do: the next search builds it again. Check the disk if it happens twice.',
    );
  }
};

/** Finds files that others can read but must not. */
export const permissions: Check = async ({ settings: { library: dir }, env }) => {
  const secret = ['SEGUE_DATABASE_URL_FILE', 'SEGUE_METRICS_TOKEN_FILE'].flatMap((name) =>
    env[name] ? [env[name]] : [],
  );
  const open: string[] = [];
  for (const path of [join(dir, 'connections.key'), ...secret]) {
    const found = await stat(path).catch(() => null);
    if (found && (found.mode & 0o077) !== 0) open.push(path);
  }
  return open.length === 0
    ? ok('permissions', 'Keys and secret files are private.')
    : problem('permissions', `Other accounts can read ${open.join(', ')}.`, `Run \`chmod 600 ${open.join(' ')}\`.`);
};
