import type { PlayStore } from '../plays.ts';
import { WallClock } from './wall-clock.ts';

const HOUR = 3_600_000;
/** Hours by which the year begins earlier in the easternmost time zone than in UTC. */
const EARLIEST = 14;

/**
 * Years in a time zone in which a listener played a song without skipping it, newest first. Takes one short query per year, however long the history.
 * @throws SegueError NOT_FOUND (the listener)
 */
export async function yearsPlayed(
  plays: Pick<PlayStore, 'hours'>,
  listener: string,
  timeZone: string,
): Promise<number[]> {
  const clock = new WallClock(timeZone);
  const years: number[] = [];
  for (let from = 0; ; ) {
    const [hour] = await plays.hours(listener, { from, limit: 1 });
    if (!hour) return years.reverse();
    const { year } = clock.read(hour.at);
    years.push(year);
    from = firstHourAfter(year, clock);
  }
}

function firstHourAfter(year: number, clock: WallClock): number {
  let at = Date.UTC(year + 1, 0) - EARLIEST * HOUR;
  while (clock.read(at).year <= year) at += HOUR;
  return at;
}
