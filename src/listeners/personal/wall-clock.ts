const QUARTER = 900_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Wall-clock times of a zone; what a quarter of an hour is called is worked out once, since no zone changes within one. */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly known = new Map<number, { year: number; weekday: number; hour: number }>();

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
  }

  read(at: number): { year: number; weekday: number; hour: number } {
    const quarter = Math.floor(at / QUARTER);
    let time = this.known.get(quarter);
    if (!time) {
      const parts = Object.fromEntries(this.format.formatToParts(at).map(({ type, value }) => [type, value]));
      time = { year: Number(parts.year), weekday: WEEKDAYS.indexOf(parts.weekday!), hour: Number(parts.hour) };
      this.known.set(quarter, time);
    }
    return time;
  }
}
