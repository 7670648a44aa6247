import { SegueError } from '../../errors.ts';
import type { Ban, BanKind, BanStore } from '../bans.ts';
import type { Change, Connection, Database } from './database.ts';
import { checkSong, checkTime, name } from './values.ts';

export async function setBan(tx: Change, listener: number, ban: Ban): Promise<void> {
  const { label, at, until } = ban;
  await tx
    .insertInto('bans')
    .values({ listener, ...ban })
    .onConflict((c) => c.columns(['listener', 'kind', 'target']).doUpdateSet({ label, at, until }))
    .execute();
}

export async function clearBan(tx: Change, listener: number, kind: BanKind, target: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('bans')
    .where('listener', '=', listener)
    .where('kind', '=', kind)
    .where('target', '=', target)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export function banStore(database: Database): BanStore {
  const banOf = ({ kind, target, label, at, until }: Ban): Ban => ({ kind, target, label, at, until });
  const bans = (db: Connection, listener: number) =>
    db
      .selectFrom('bans')
      .select(['kind', 'target', 'label', 'at', 'until'])
      .where('listener', '=', listener)
      .orderBy('at', 'desc')
      .orderBy('target')
      .$narrowType<{ kind: BanKind }>();
  return {
    set(listener, { kind, target, label = '', until = null, at = Date.now() }) {
      const ban: Ban = { kind, target: checkSong(target), label: name(label), at: checkTime(at), until };
      if (until !== null && checkTime(until) <= at)
        throw new SegueError('OUT_OF_RANGE', { got: 'The ban ends before it begins', expected: 'a later time' });
      return database.write(listener, async (tx, no) => {
        await setBan(tx, no, ban);
        return ban;
      });
    },
    clear: (listener, kind, target) => database.write(listener, (tx, no) => clearBan(tx, no, kind, target)),
    active: (listener, at = Date.now()) =>
      database.read(listener, async (db, no) => {
        const rows = await bans(db, no)
          .where('at', '<=', at)
          .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', at)]))
          .execute();
        return rows.map(banOf);
      }),
    all: (listener) => database.read(listener, async (db, no) => (await bans(db, no).execute()).map(banOf)),
  };
}
