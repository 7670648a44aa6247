import { sql } from '#kysely';
import { type Change, type Database, inBatches, integer } from './database.ts';

export const HOUR = 3_600_000;

/** The parts of a play that are counted. */
export interface CountedPlay {
  readonly song: number;
  readonly at: number;
  readonly ms: number | null;
  readonly skipped: number;
}

type Parts = Pick<Database, 'rows' | 'breathe'>;

/** Adds plays to the counts of their songs and hours. */
export async function countPlays(
  database: Parts,
  tx: Change,
  listener: number,
  plays: readonly CountedPlay[],
): Promise<void> {
  const songs = new Map<number, { plays: number; skips: number; ms: number; first: number; last: number }>();
  const hours = new Map<number, { plays: number; ms: number }>();
  for (const { song, at, ms, skipped } of plays) {
    let s = songs.get(song);
    if (!s) songs.set(song, (s = { plays: 0, skips: 0, ms: 0, first: at, last: at }));
    const hour = Math.floor(at / HOUR);
    let h = hours.get(hour);
    if (!h) hours.set(hour, (h = { plays: 0, ms: 0 }));
    if (skipped) s.skips++;
    else {
      s.plays++;
      h.plays++;
    }
    s.ms += ms ?? 0;
    h.ms += ms ?? 0;
    s.first = Math.min(s.first, at);
    s.last = Math.max(s.last, at);
  }
  const songRows = [...songs].map(([no, s]) => [no, s.plays, s.skips, s.ms, s.first, s.last]);
  for await (const rows of inBatches(database, songRows))
    await sql`
    update songs set plays = songs.plays + added.plays, skips = songs.skips + added.skips,
      listened_ms = songs.listened_ms + added.ms,
      first_at = case when songs.first_at <= added.first then songs.first_at else added.first end,
      last_at = case when songs.last_at >= added.last then songs.last_at else added.last end
    from (select ${integer(0)} as no, ${integer(1)} as plays, ${integer(2)} as skips, ${integer(3)} as ms,
        ${integer(4)} as first, ${integer(5)} as last from ${database.rows(rows)}) as added
    where songs.no = added.no`.execute(tx);
  await countHours(database, tx, listener, hours);
}

/** Adds to the counts of hours. */
export async function countHours(
  database: Parts,
  tx: Change,
  listener: number,
  hours: ReadonlyMap<number, { readonly plays: number; readonly ms: number }>,
): Promise<void> {
  const hourRows = [...hours].map(([hour, h]) => [hour, h.plays, h.ms]);
  for await (const rows of inBatches(database, hourRows))
    await sql`
    insert into hours (listener, hour, plays, listened_ms)
    select ${listener}, ${integer(0)}, ${integer(1)}, ${integer(2)} from ${database.rows(rows)} where true
    on conflict (listener, hour) do update set plays = hours.plays + excluded.plays,
      listened_ms = hours.listened_ms + excluded.listened_ms`.execute(tx);
}

/** Recounts songs and hours from their plays, after some were removed or moved. */
export async function recount(
  database: Parts,
  tx: Change,
  listener: number,
  songs: Iterable<number>,
  hours: Iterable<number>,
): Promise<void> {
  const songRows = [...new Set(songs)].map((no) => [no]);
  for await (const rows of inBatches(database, songRows))
    await sql`
      update songs set plays = now.plays, skips = now.skips, listened_ms = now.ms, first_at = now.first, last_at = now.last
      from (select ${integer(0)} as no, count(p.no) - coalesce(sum(p.skipped), 0) as plays, coalesce(sum(p.skipped), 0) as skips,
          cast(coalesce(sum(p.ms), 0) as bigint) as ms, min(p.at) as first, max(p.at) as last
        from ${database.rows(rows)}
        left join plays as p on p.song = ${integer(0)} and p.removed_at is null group by ${integer(0)}) as now
      where songs.no = now.no`.execute(tx);
  const hourRows = [...new Set(hours)].map((hour) => [hour]);
  for await (const rows of inBatches(database, hourRows))
    await sql`
      update hours set plays = now.plays, listened_ms = now.ms
      from (select ${integer(0)} as hour, count(p.no) - coalesce(sum(p.skipped), 0) as plays,
          cast(coalesce(sum(p.ms), 0) as bigint) as ms
        from ${database.rows(rows)}
        left join plays as p on p.listener = ${listener} and p.removed_at is null
          and p.at >= ${integer(0)} * ${HOUR} and p.at < (${integer(0)} + 1) * ${HOUR}
        group by ${integer(0)}) as now
      where hours.listener = ${listener} and hours.hour = now.hour`.execute(tx);
  if (hourRows.length > 0)
    await tx
      .deleteFrom('hours')
      .where('listener', '=', listener)
      .where('plays', '=', 0)
      .where('listened_ms', '=', 0)
      .execute();
}
