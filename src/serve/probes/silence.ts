/**
 * For how long the main thread has shown nothing of itself, counted in the ticks of the thread that watches it: a machine or container that was suspended
 * stops both, and a clock that is set changes neither.
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
