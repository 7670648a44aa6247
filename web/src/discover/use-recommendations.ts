import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { RecommendResponse } from '../api/types.ts';
import { isAsking, type Query } from '../state/query.ts';
import { toRequest } from '../state/request.ts';

/** While a dial moves, at most one question goes out in this time; the first goes at once and the last is never lost. */
const EVERY_MS = 60;

export function useThrottled<T>(value: T, every = EVERY_MS): T {
  const [held, setHeld] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = last.current + every - performance.now();
    const take = (): void => {
      last.current = performance.now();
      setHeld(value);
    };
    if (wait <= 0) {
      take();
      return;
    }
    const timer = setTimeout(take, wait);
    return () => clearTimeout(timer);
  }, [value, every]);
  return held;
}

/** The list for a query. The list before stays visible while the next one is on its way; a superseded question is aborted. */
export function useRecommendations(query: Query): UseQueryResult<RecommendResponse> {
  const throttled = useThrottled(query);
  const body = toRequest(throttled);
  return useQuery({
    queryKey: ['recommendations', body],
    queryFn: ({ signal }) => api.recommend(body, signal),
    enabled: isAsking(throttled),
    placeholderData: keepPreviousData,
    gcTime: 5 * 60_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useModels() {
  return useQuery({ queryKey: ['models'], queryFn: ({ signal }) => api.models(signal) });
}
