import { sql } from '#kysely';
import { HOUR, recount } from './counted.ts';
import type { Database } from './database.ts';

/** Deletes a source's plays, opinions and lists, and songs that the listener has nowhere else. */
export async function forgetSource(
  database: Database,
  listener: string,
  source: string,
  overwrite: () => Promise<void>,
): Promise<void> {
  await database.write(listener, async (tx, no) => {
    const plays = await tx
      .deleteFrom('plays')
      .where('listener', '=', no)
      .where('source', '=', source)
      .returning(['song', 'at'])
      .execute();
    await recount(
      database,
      tx,
      no,
      plays.map(({ song }) => song),
      plays.map(({ at }) => Math.floor(at / HOUR)),
    );
    await tx.deleteFrom('opinions').where('listener', '=', no).where('source', '=', source).execute();
    await sql`
      delete from list_versions where listener = ${no}
        and list in (select id from lists where listener = ${no} and source = ${source})`.execute(tx);
    await tx.deleteFrom('lists').where('listener', '=', no).where('source', '=', source).execute();
    await sql`
      delete from songs where listener = ${no}
        and no not in (select song from plays where listener = ${no})
        and no not in (select song from opinions where listener = ${no})
        and no not in (select song from events where listener = ${no})
        and no not in (select song from settled where listener = ${no})`.execute(tx);
  });
  await overwrite();
}
