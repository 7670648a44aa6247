import { SegueError } from '../errors.ts';
import type { Household } from '../listeners/personal/household.ts';
import type { JobRunner } from './jobs.ts';

/** Runs jobs one at a time among all servers of a library. @throws SegueError LIBRARY_BUSY while another server runs one, and what the job throws */
export const oneAmongServers =
  (household: Pick<Household, 'repository'>, run: JobRunner): JobRunner =>
  async (...job) => {
    const repository = await household.repository();
    let begun = false;
    try {
      await repository.alone('jobs', () => {
        begun = true;
        return run(...job);
      });
    } catch (error) {
      if (begun || !(error instanceof SegueError) || error.code !== 'LIBRARY_BUSY') throw error;
      throw new SegueError('LIBRARY_BUSY', {
        got: 'Another server of this library is running a job',
        expected: 'one job at a time',
        remedy: 'Wait until that job has ended; this server then takes up the new models by itself',
        cause: error,
      });
    }
  };
