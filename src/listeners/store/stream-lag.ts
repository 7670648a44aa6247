import type { StreamLagStore } from '../stream-lag.ts';
import type { Database } from './database.ts';

export function streamLagStore(database: Database): StreamLagStore {
  return {
    async report(lags) {
      if (lags.length === 0) return;
      // The next report replaces this one, so it need not wait for the disk.
      await database.transaction(
        (tx) =>
          tx
            .insertInto('stream_lag')
            .values(
              lags.map(({ group, topic, partition, lag, at }) => ({ consumers: group, topic, partition, lag, at })),
            )
            .onConflict((c) =>
              c.columns(['consumers', 'topic', 'partition']).doUpdateSet((row) => ({
                lag: row.ref('excluded.lag'),
                at: row.ref('excluded.at'),
              })),
            )
            .execute(),
        { flush: false },
      );
    },

    async all() {
      const rows = await database.transaction((tx) =>
        tx.selectFrom('stream_lag').selectAll().orderBy('consumers').orderBy('topic').orderBy('partition').execute(),
      );
      return rows.map(({ consumers, topic, partition, lag, at }) => ({ group: consumers, topic, partition, lag, at }));
    },
  };
}
