import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Model } from '../api/types.ts';

/** Interval of checks of the server's jobs while a model is missing, in milliseconds. */
const EVERY_MS = 5_000;
const NONE: ReadonlySet<string> = new Set();

/** Ids of the models that the running job will deliver. */
export function useTraining(models: readonly Model[]): ReadonlySet<string> {
  const missing = models.filter((m) => !m.trained && m.unusable === null);
  const jobs = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => api.jobs(signal),
    enabled: missing.length > 0,
    refetchInterval: EVERY_MS,
  });
  const job = jobs.data?.jobs.find(({ kind, state }) => kind === 'train' && state === 'running');
  if (!job) return NONE;
  return new Set(missing.filter((m) => job.models?.includes(m.id) ?? m.byDefault).map((m) => m.id));
}
