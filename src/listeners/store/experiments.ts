import { randomBytes } from 'node:crypto';
import type { Selectable } from '#kysely';
import { SegueError } from '../../errors.ts';
import type { Experiment, ExperimentKind, ExperimentStore } from '../experiments/experiment.ts';
import type { Database } from './database.ts';
import { isTaken, storeFailure } from './failures.ts';
import type { Tables } from './tables.ts';

export function experimentStore(database: Database): ExperimentStore {
  const { db } = database;
  const all = async (): Promise<Experiment[]> => {
    try {
      const rows = await db.selectFrom('experiments').selectAll().orderBy('started_at', 'desc').orderBy('id').execute();
      return rows.map(experimentOf);
    } catch (error) {
      throw storeFailure(error);
    }
  };
  const running = async (): Promise<Experiment | null> => (await all()).find(({ endedAt }) => endedAt === null) ?? null;
  return {
    all,
    running,
    async start({ kind, a, b, at = Date.now() }) {
      const id = `x-${randomBytes(6).toString('hex')}`;
      try {
        const values = { id, kind, a, b, started_at: at, ended_at: null };
        await database.transaction((tx) => tx.insertInto('experiments').values(values).execute());
      } catch (error) {
        // A unique index lets one experiment run at a time, whichever process starts it.
        if (!isTaken(error)) throw error;
        const before = await running();
        throw new SegueError('USAGE', {
          got: before ? `The experiment ${before.a} against ${before.b} is running` : 'Another experiment is running',
          remedy: 'End it with `segue experiment end`',
        });
      }
      return { id, kind, a, b, startedAt: at, endedAt: null };
    },
    async end(at = Date.now()) {
      return database.transaction(async (tx) => {
        const row = await tx
          .updateTable('experiments')
          .set({ ended_at: at })
          .where('ended_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        return row ? experimentOf(row) : null;
      });
    },
  };
}

const experimentOf = ({ id, kind, a, b, started_at, ended_at }: Selectable<Tables['experiments']>): Experiment => ({
  id,
  kind: kind as ExperimentKind,
  a,
  b,
  startedAt: started_at,
  endedAt: ended_at,
});
