const QUARTER = 900_000;
const DAY = 86_400_000;

export interface WallTime {
  readonly year: number;
  /** 0 is Monday. */
  readonly weekday: number;
  /** 0–23. */
  readonly hour: number;
}

/**
 * Wall-clock times of a zone. Asks `Intl`, which takes microseconds, for the offset from UTC once for each UTC day, and once for each quarter of an
 * hour of a day on which it changes; no zone changes within a quarter of an hour.
 */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  /** Offset in milliseconds at the start of days and quarters of an hour. */
  private readonly offsets = new Map<number, number>();
  /** The day read last, and its offset; NaN when the offset changes during the day. */
  private day = Number.NaN;
  private offset = 0;

  /** @param timeZone an IANA name */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  }

  /** @param at milliseconds since 1970 */
  read(at: number): WallTime {
    const local = new Date(at + this.offsetAt(at));
    return { year: local.getUTCFullYear(), weekday: (local.getUTCDay() + 6) % 7, hour: local.getUTCHours() };
  }

  private offsetAt(at: number): number {
    const day = Math.floor(at / DAY);
    if (day !== this.day) {
      const [start, end] = [this.offsetFrom(day * DAY), this.offsetFrom((day + 1) * DAY)];
      this.day = day;
      this.offset = start === end ? start : Number.NaN;
    }
    return Number.isNaN(this.offset) ? this.offsetFrom(Math.floor(at / QUARTER) * QUARTER) : this.offset;
  }

  private offsetFrom(moment: number): number {
    let offset = this.offsets.get(moment);
    if (offset === undefined) {
      const parts = Object.fromEntries(
        this.format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
      );
      const { year, month, day, hour, minute, second } = parts as Record<string, number>;
      offset = Date.UTC(year!, month! - 1, day, hour, minute, second) - moment;
      this.offsets.set(moment, offset);
    }
    return offset;
  }
}
