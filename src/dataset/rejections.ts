import type { Rejection } from './rows.ts';

/** Adds rejections by cause; the first place counts. */
export function addRejections(into: Rejection[], more: readonly Rejection[]): void {
  for (const { cause, count, firstAt } of more) {
    const known = into.find((rejection) => rejection.cause === cause);
    if (known) known.count += count;
    else into.push({ cause, count, firstAt });
  }
}

/** Counts rows that a source cannot use, by cause with the first one's place. */
export class Rejections {
  private readonly causes = new Map<string, Rejection>();

  add(cause: string, at: string): void {
    const known = this.causes.get(cause);
    if (known) known.count++;
    else this.causes.set(cause, { cause, count: 1, firstAt: at });
  }

  /** Those since the last call. */
  take(): Rejection[] {
    const all = [...this.causes.values()];
    this.causes.clear();
    return all;
  }
}
