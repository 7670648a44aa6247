import { sql } from '#kysely';
import { isOwnSong } from '../keys.ts';
import { recount } from './counted.ts';
import type { Change, Database } from './database.ts';

/** Merges a listener's song into another one: moves everything that refers to it. @returns whether there was such a song */
export async function settleSong(
  database: Database,
  tx: Change,
  listener: number,
  fromKey: string,
  to: { readonly key: string; readonly no: number; readonly own: boolean },
): Promise<boolean> {
  const row = await tx
    .selectFrom('songs')
    .select('no')
    .where('listener', '=', listener)
    .where('key', '=', fromKey)
    .executeTakeFirst();
  if (!row || row.no === to.no) return false;
  const from = row.no;
  await tx.updateTable('plays').set({ song: to.no }).where('song', '=', from).execute();
  await tx.updateTable('events').set({ song: to.no }).where('song', '=', from).execute();
  // The newer of two opinions counts.
  await sql`
    insert into opinions (listener, song, kind, at, source)
    select listener, ${to.no}, kind, at, source from opinions where listener = ${listener} and song = ${from}
    on conflict (listener, song) do update set kind = excluded.kind, at = excluded.at, source = excluded.source
    where opinions.at < excluded.at`.execute(tx);
  await tx.deleteFrom('opinions').where('listener', '=', listener).where('song', '=', from).execute();
  await sql`
    insert into bans (listener, kind, target, label, at, until)
    select listener, kind, ${to.key}, label, at, until from bans
    where listener = ${listener} and kind = 'song' and target = ${fromKey}
    on conflict (listener, kind, target) do nothing`.execute(tx);
  await tx
    .deleteFrom('bans')
    .where('listener', '=', listener)
    .where('kind', '=', 'song')
    .where('target', '=', fromKey)
    .execute();
  await tx
    .updateTable('settled')
    .set({ song: to.no })
    .where('listener', '=', listener)
    .where('song', '=', from)
    .execute();
  if (isOwnSong(fromKey))
    await tx
      .insertInto('settled')
      .values({ listener, key: fromKey, song: to.no })
      .onConflict((c) => c.columns(['listener', 'key']).doUpdateSet({ song: to.no }))
      .execute();
  await tx.deleteFrom('reviews').where('listener', '=', listener).where('key', '=', fromKey).execute();
  await tx.deleteFrom('songs').where('no', '=', from).execute();
  await recount(database, tx, listener, [to.no], []);
  return true;
}
