/** Time limit of a question, in milliseconds; exceeding it ends the thread. */
export const LONGEST = 60_000;
/** Time limit for loading a model: with a large library, minutes when data saved with the model has to be computed again. */
export const LOADING = 15 * 60_000;

/**
 * Limits how long a thread works on something. Time spent loading models does not count towards the question: after `LONGEST`, the client is told
 * that the answer is late, the thread continues loading, and the question's time starts again afterwards.
 */
export class Watch {
  private readonly end: () => void;
  private loads = 0;
  /** Notifies the question's clients; null without a question. */
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
