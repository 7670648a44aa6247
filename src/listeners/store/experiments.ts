import { randomBytes } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import type { Experiment, ExperimentKind, ExperimentStore } from '../experiments/experiment.ts';
import type { Database } from './database.ts';
import { storeFailure } from './failures.ts';

export function experimentStore({ db }: Database): ExperimentStore {
  const all = async (): Promise<Experiment[]> => {
    try {
      const rows = await db.selectFrom('experiments').selectAll().orderBy('started_at', 'desc').orderBy('id').execute();
      return rows.map(({ id, kind, a, b, started_at, ended_at }) => ({
        id,
        kind: kind as ExperimentKind,
        a,
        b,
        startedAt: started_at,
        endedAt: ended_at,
      }));
    } catch (error) {
      throw storeFailure(error);
    }
  };
  const running = async (): Promise<Experiment | null> => (await all()).find(({ endedAt }) => endedAt === null) ?? null;
  return {
    all,
    running,
    async start({ kind, a, b, at = Date.now() }) {
      const before = await running();
      if (before)
        throw new SegueError('USAGE', {
          got: `The experiment ${before.a} against ${before.b} is running`,
          remedy: 'End it with `segue experiment end`',
        });
      const id = `x-${randomBytes(6).toString('hex')}`;
      try {
        await db.insertInto('experiments').values({ id, kind, a, b, started_at: at, ended_at: null }).execute();
      } catch (error) {
        throw storeFailure(error);
      }
      return { id, kind, a, b, startedAt: at, endedAt: null };
    },
    async end(at = Date.now()) {
      const before = await running();
      if (!before) return null;
      try {
        await db.updateTable('experiments').set({ ended_at: at }).where('id', '=', before.id).execute();
      } catch (error) {
        throw storeFailure(error);
      }
      return { ...before, endedAt: at };
    },
  };
}
