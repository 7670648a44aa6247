import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** After this, a person wonders whether anything is happening; after the longer time, whether it ever will. Milliseconds. */
const SLOW_MS = 3_000;
const STUCK_MS = 12_000;

/** Whether something has been awaited for long enough to say so (`slow`), or to offer another attempt (`stuck`). */
export function useSlow(waiting: boolean): 'no' | 'slow' | 'stuck' {
  const [state, setState] = useState<'no' | 'slow' | 'stuck'>('no');
  useEffect(() => {
    if (!waiting) return;
    const timers = [setTimeout(() => setState('slow'), SLOW_MS), setTimeout(() => setState('stuck'), STUCK_MS)];
    return () => {
      timers.forEach(clearTimeout);
      setState('no');
    };
  }, [waiting]);
  return waiting ? state : 'no';
}

/** Gives up what the page is waiting for, and asks again; without an unanswered query it is a part of the app that is missing, and the page is reloaded. */
export function useAskAgain(): () => void {
  const client = useQueryClient();
  return () => {
    const unanswered = new Set(client.getQueryCache().findAll({ type: 'active', fetchStatus: 'fetching' }));
    if (unanswered.size === 0) {
      window.location.reload();
      return;
    }
    const predicate = (query: Parameters<typeof unanswered.has>[0]): boolean => unanswered.has(query);
    void client.cancelQueries({ predicate }).then(() => client.refetchQueries({ predicate }));
  };
}
