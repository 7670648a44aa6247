import { useQuery } from '@tanstack/react-query';
import { ApiError, ask, client } from '../api/client.ts';
import type { Answer } from '../api/types.ts';

export type Operation = Answer<'operation'>;

const EVERY_MS = 10_000;

/** The server's figures, refreshed while the page is visible; a hidden page does not query. */
export const useOperation = () =>
  useQuery({
    queryKey: ['operation'],
    queryFn: ({ signal }) => ask(client.GET('/api/operation', { signal })),
    refetchInterval: ({ state }) =>
      state.error instanceof ApiError && state.error.code === 'NOT_ALLOWED' ? false : EVERY_MS,
    refetchIntervalInBackground: false,
  });
