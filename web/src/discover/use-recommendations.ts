import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { RecommendResponse } from '../api/types.ts';
import { isAsking, type Query } from '../state/query.ts';
import { toRequest } from '../state/request.ts';
import { keepList, keptList } from './last-list.ts';

/** While a dial moves, at most one question goes out in this time; the first goes at once and the last is never lost. */
const EVERY_MS = 60;
/** Between looks at which models are trained, while some that should be are not. */
const TRAINING_MS = 5_000;

export function useThrottled<T>(value: T, every = EVERY_MS): T {
  const [held, setHeld] = useState({ value, since: Number.NEGATIVE_INFINITY });
  const wait = held.since + every - performance.now();
  // Taken while rendering, not in an effect: the question goes out one pass over the page earlier.
  if (held.value !== value && wait <= 0) setHeld({ value, since: performance.now() });
  useEffect(() => {
    if (held.value === value) return;
    const timer = setTimeout(() => setHeld({ value, since: performance.now() }), Math.max(0, wait));
    return () => clearTimeout(timer);
  });
  return held.value;
}

export interface Recommendations {
  /** The newest list there is, even while the next one is on its way or the server is gone. */
  list: RecommendResponse | undefined;
  /** The list answers an earlier question. */
  stale: boolean;
  error: Error | null;
  /** The server is away, and the list is the one this browser kept. */
  offline: boolean;
}

/** The list for a query; a superseded question is aborted. */
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
  // A failed question drops its placeholder: the list that was seen last stays.
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

/** The models and whether each is trained; asked again while the first training goes on beside the page. */
export function useModels() {
  return useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => api.models(signal),
    refetchInterval: ({ state }) =>
      state.data?.models.some((m) => m.byDefault && !m.trained && m.unusable === null) ? TRAINING_MS : false,
  });
}
