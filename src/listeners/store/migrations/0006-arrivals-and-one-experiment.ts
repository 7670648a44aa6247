import { type Kysely, sql } from '#kysely';

/** Reads a listener's events in the order of arrival, and allows one running experiment at most. */
export async function arrivalsAndOneExperiment(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('events_arrival').on('events').columns(['listener', 'no']).execute();
  // Of two that were started at once, the newest is the one in effect.
  await sql`
    update experiments set ended_at = (select max(started_at) from experiments where ended_at is null)
    where ended_at is null and id <> (
      select id from experiments where ended_at is null order by started_at desc, id limit 1
    )`.execute(db);
  await sql`
    create unique index experiments_running on experiments ((ended_at is null)) where ended_at is null`.execute(db);
}
