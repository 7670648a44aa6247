/** Messages waiting on the broker in one partition, as its consumer last measured. */
export interface PartitionLag {
  /** Consumer group. */
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly lag: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly at: number;
}

/** How far `segue stream` is behind, for the server, which runs in another process. For the whole household. */
export interface StreamLagStore {
  /** Replaces the values of these partitions, whichever process measured them. */
  report(lags: readonly PartitionLag[]): Promise<void>;
  /** By group, topic and partition. */
  all(): Promise<PartitionLag[]>;
}
