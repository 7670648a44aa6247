/**
 * How long the main thread has been silent, counted in ticks of the watching thread: suspending the machine or container stops both threads, and
 * changing the clock affects neither.
 */
export class Silence {
  private seen: number | null = null;
  private silent = 0;

  /** One interval of the heartbeat has passed. */
  tick(beats: number): void {
    this.silent = beats === this.seen ? this.silent + 1 : 0;
    this.seen = beats;
  }

  /** Ticks since the last beat that was seen. */
  get ticks(): number {
    return this.silent;
  }
}
