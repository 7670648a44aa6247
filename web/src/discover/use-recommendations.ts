import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { RecommendResponse } from '../api/types.ts';
import { isAsking, type Query } from '../state/query.ts';
import { toRequest } from '../state/request.ts';
import { keepList, keptList } from './last-list.ts';

/** While a dial is being moved, at most one query is sent per this interval; the first is sent immediately, and the last is never lost. */
const EVERY_MS = 60;
/** Interval of checks for trained models while some are missing, in milliseconds. */
const TRAINING_MS = 5_000;

export function useThrottled<T>(value: T, every = EVERY_MS): T {
  const [held, setHeld] = useState({ value, since: Number.NEGATIVE_INFINITY });
  const wait = held.since + every - performance.now();
  // Set during rendering, not in an effect, so that the query is sent one render earlier.
  if (held.value !== value && wait <= 0) setHeld({ value, since: performance.now() });
  useEffect(() => {
    if (held.value === value) return;
    const timer = setTimeout(() => setHeld({ value, since: performance.now() }), Math.max(0, wait));
    return () => clearTimeout(timer);
  });
  return held.value;
}

export interface Recommendations {
  /** The latest available list, even while the next one is in progress or the server is unreachable. */
  list: RecommendResponse | undefined;
  /** The list answers an earlier query. */
  stale: boolean;
  error: Error | null;
  /** The server is unreachable, and the list is the one kept in this browser. */
  offline: boolean;
}

/** The list for a query; an outdated query is aborted. */
export function useRecommendations(query: Query): Recommendations {
  const throttled = useThrottled(query);
  const body = useMemo(() => toRequest(throttled), [throttled]);
  const asking = isAsking(throttled);
  const answer = useQuery({
    queryKey: ['recommendations', body],
    queryFn: ({ signal }) => api.recommend(body, signal),
    enabled: asking,
    placeholderData: keepPreviousData,
    gcTime: 5 * 60_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // A failed query loses its placeholder data, so the last list is kept here.
  const [last, setLast] = useState<RecommendResponse | undefined>(undefined);
  if (asking && answer.data && answer.data !== last) setLast(answer.data);
  if (!asking && last) setLast(undefined);
  const settled = answer.isSuccess && !answer.isPlaceholderData ? answer.data : undefined;
  useEffect(() => {
    if (settled) keepList(body, settled);
  }, [settled, body]);
  const away = answer.error instanceof ApiError && answer.error.offline;
  const kept = useMemo(() => (asking && away && !last ? keptList(body) : null), [asking, away, last, body]);
  return {
    list: asking ? (answer.data ?? last ?? kept ?? undefined) : undefined,
    offline: kept !== null,
    stale: answer.isPlaceholderData || (answer.data === undefined && last !== undefined),
    error: asking ? answer.error : null,
  };
}

/** The models and whether each is trained; polled while the first training is running. */
export function useModels() {
  return useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => api.models(signal),
    refetchInterval: ({ state }) =>
      state.data?.models.some((m) => m.byDefault && !m.trained && m.unusable === null) ? TRAINING_MS : false,
  });
}
