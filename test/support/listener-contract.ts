import { after, before, describe, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import { playId } from '../../src/listeners/keys.ts';
import { openRepository } from '../../src/listeners/open.ts';
import type { Page } from '../../src/listeners/page.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { type Postgres, postgresLacks, startPostgres } from './postgres.ts';
import { withTemporary } from './temporary.ts';

/** A day in milliseconds. */
export const DAY = 86_400_000;
/** When the tests' plays begin. */
export const START = Date.UTC(2026, 0, 5, 12);

export const play = (song: number, at: number, rest: Partial<NewPlay> = {}): NewPlay => ({
  id: playId(`t:${song}`, at),
  song: `t:${song}`,
  title: `Song ${song}`,
  artists: [`Artist ${song % 3}`],
  at,
  msPlayed: 180_000,
  source: 'test',
  ...rest,
});

export const failsWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

/** Every item of a list, page by page. */
export async function all<T>(page: (after?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const part = await page(after);
    items.push(...part.items);
    after = part.next ?? undefined;
  } while (after !== undefined);
  return items;
}

export interface World {
  repository: ListenerRepository;
  /** A new listener's id. */
  id: string;
}

/** Opens the store of a test run, and that store once more. */
type Open = () => Promise<ListenerRepository>;
type It = (what: string, check: (world: World) => Promise<void>) => void;

/**
 * The part of the contract for stores of listeners that is about one topic, checked on every store.
 * @param tests declares the tests; its second argument opens the same store once more, as another process would
 */
export function contract(topic: string, tests: (it: It, again: Open) => void): void {
  describe('embedded', () => {
    let done: (() => void) | undefined;
    let folder = '';
    const open: Open = () =>
      new Promise((resolve, reject) => {
        withTemporary(async (dir) => {
          folder = dir;
          resolve(await openRepository(dir));
          await new Promise<void>((end) => (done = end));
        }).catch(reject);
      });
    onStore(`SQLite in the library folder: ${topic}`, false, open, () => openRepository(folder), tests);
    after(() => done?.());
  });

  describe('postgres', () => {
    let postgres: Postgres | undefined;
    const open: Open = async () => {
      postgres = await startPostgres();
      return openRepository('unused', postgres.url);
    };
    onStore(`PostgreSQL: ${topic}`, postgresLacks, open, () => openRepository('unused', postgres!.url), tests);
    after(() => postgres?.stop());
  });
}

function onStore(
  name: string,
  skip: string | false,
  open: Open,
  again: Open,
  tests: (it: It, again: Open) => void,
): void {
  describe(`the store of listeners: ${name}`, { skip }, () => {
    let repository: ListenerRepository;
    let count = 0;
    before(async () => {
      repository = await open();
    });
    after(async () => {
      await repository?.close();
    });
    const it: It = (what, check) => {
      test(what, async () => {
        const { id } = await repository.listeners.add({ name: `Listener ${count++}` });
        await check({ repository, id });
      });
    };
    tests(it, again);
  });
}
