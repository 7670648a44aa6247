/** Messages that wait on the broker in one partition, as its consumer saw it last. */
export interface PartitionLag {
  /** Consumer group. */
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly lag: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly at: number;
}

/** What `segue stream` tells the server, which runs in another process: how far it is behind. Of the household, not of a listener. */
export interface StreamLagStore {
  /** Takes the place of what was known of these partitions, whichever process measured it. */
  report(lags: readonly PartitionLag[]): Promise<void>;
  /** By group, topic and partition. */
  all(): Promise<PartitionLag[]>;
}
