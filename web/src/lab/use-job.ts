import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api, wordsOf } from '../api/client.ts';
import type { Job, JobRequest } from '../api/types.ts';

const isJob = (value: unknown): value is Job =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Job>).state === 'string';

/** The server's running or latest job, followed live by server-sent events, also after a reload. */
export function useJob() {
  const client = useQueryClient();
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => api.jobs(signal) });
  const [followed, setFollowed] = useState<Job | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const listed = jobs.data?.jobs[0] ?? null;
  const job = followed && (!listed || followed.startedAt >= listed.startedAt) ? followed : listed;
  const running = job?.state === 'running' ? job.id : null;
  const ended = jobs.data && (running || !job ? '' : job.id);
  const known = useRef(ended);

  // However the end is heard of, by an event or by a list of jobs that was asked meanwhile: new models answer differently, and the
  // library, the map and the report may be new.
  useEffect(() => {
    if (known.current !== undefined && ended && ended !== known.current) void client.invalidateQueries();
    known.current = ended;
  }, [ended, client]);

  useEffect(() => {
    if (!running) return;
    const source = new EventSource(`/api/jobs/${encodeURIComponent(running)}/events`);
    const take = (event: MessageEvent<string>): void => {
      const value: unknown = JSON.parse(event.data);
      if (!isJob(value)) return;
      setFollowed(value);
      if (value.state !== 'running') source.close();
    };
    // The browser reconnects while the server is unreachable; a restarted server does not know the job.
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setFollowed(null);
      void client.invalidateQueries({ queryKey: ['jobs'] });
    };
    for (const type of ['progress', 'done', 'failed', 'cancelled']) source.addEventListener(type, take);
    return () => source.close();
  }, [running, client]);

  const start = useCallback(async (request: JobRequest) => {
    setRefusal(null);
    try {
      setFollowed(await api.startJob(request));
    } catch (error) {
      setRefusal(error instanceof ApiError ? wordsOf(error) : 'The job couldn’t start.');
    }
  }, []);
  const cancel = useCallback(async (id: string) => {
    try {
      await api.cancelJob(id);
    } catch (error) {
      setRefusal(error instanceof ApiError ? wordsOf(error) : 'The job couldn’t be stopped.');
    }
  }, []);
  return { job, refusal, start, cancel, follow: setFollowed };
}
