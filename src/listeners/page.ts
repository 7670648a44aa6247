/** The requested part of a long list. */
export interface PageRequest {
  /** 1–1,000 rows; default 50. */
  readonly limit?: number;
  /** `next` of the previous page; absent = the first page. */
  readonly after?: string;
}

/** A part of a long list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Value of `after` for the next page; null on the last one. */
  readonly next: string | null;
}
