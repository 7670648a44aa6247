/** Which part of a long list is wanted. */
export interface PageRequest {
  /** 1–1,000 rows; default 50. */
  readonly limit?: number;
  /** `next` of the page before; none = the first page. */
  readonly after?: string;
}

/** A part of a long list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Hand to the next call as `after`; null on the last page. */
  readonly next: string | null;
}
