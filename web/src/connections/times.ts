const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "5 minutes ago" @param at milliseconds since 1970 */
export function ago(at: number, now = Date.now()): string {
  const passed = Math.max(0, now - at);
  for (const [unit, ms] of STEPS) if (passed >= ms) return relative.format(-Math.floor(passed / ms), unit);
  return 'just now';
}

/** "about 2 min left" */
export const left = (seconds: number): string =>
  seconds < 60 ? `about ${Math.ceil(seconds)} s left` : `about ${Math.ceil(seconds / 60)} min left`;

/** "in 40 minutes" @param at milliseconds since 1970 */
export function until(at: number, now = Date.now()): string {
  const minutes = Math.max(1, Math.ceil((at - now) / 60_000));
  return minutes < 120 ? relative.format(minutes, 'minute') : relative.format(Math.round(minutes / 60), 'hour');
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "Monday 30 November" @param date as 2026-11-30 */
export const day = (date: string): string => DAY.format(new Date(date));
