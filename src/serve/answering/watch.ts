/** A question that takes longer ends its thread, in milliseconds. */
export const LONGEST = 60_000;
/** So does a model that takes longer to load: with a large library it takes minutes when what was saved with the model must be made anew. */
export const LOADING = 15 * 60_000;

/**
 * Bounds what a thread is at. While it loads models, its question's time does not count: whoever waits is told after `LONGEST` that it is late,
 * the thread goes on loading, and the time begins anew when it has loaded.
 */
export class Watch {
  private readonly end: () => void;
  private loads = 0;
  /** Tells whoever waits for the question; null without one. */
  private late: (() => void) | null = null;
  private answering: NodeJS.Timeout | undefined;
  private loading: NodeJS.Timeout | undefined;

  /** @param end ends the thread */
  constructor(end: () => void) {
    this.end = end;
  }

  /** The thread has a question. @param late is called when loading models has made it late */
  begin(late: () => void): void {
    this.late = late;
    this.time();
  }

  /** The question is over. */
  done(): void {
    this.late = null;
    clearTimeout(this.answering);
  }

  /** The thread begins to load a model, or has ended loading one. */
  load(begins: boolean): void {
    this.loads += begins ? 1 : -1;
    if (begins && this.loads === 1) this.loading = setTimeout(this.end, LOADING);
    if (this.loads > 0) return;
    clearTimeout(this.loading);
    if (this.late) this.time();
  }

  /** The thread has ended. */
  stop(): void {
    this.done();
    clearTimeout(this.loading);
  }

  private time(): void {
    clearTimeout(this.answering);
    this.answering = setTimeout(() => (this.loads > 0 ? this.late?.() : this.end()), LONGEST);
  }
}
