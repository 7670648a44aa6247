import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { ApiError } from '../api/client.ts';
import { elsewhere } from '../api/connections.ts';

/** Milliseconds between two checks. */
const GAP_MS = 2000;
/** Number of consecutive checks without a response before giving up: about as long as a code is valid. */
const MOST_UNHEARD = 300;

/** Whether a check failed because Segue or the service was unreachable, which does not end the sign-in. */
const unheard = (error: Error): boolean =>
  error instanceof ApiError && ['OFFLINE', 'OVERLOADED', 'SERVICE_AWAY'].includes(error.code);

/** Shows a code and polls until the person has confirmed it in an app of the service; a refusal is shown above as a sentence. */
export function WaitForCode(props: {
  id: string;
  code: string;
  title: string;
  way: string;
  onConnected: (connection: string) => void;
  onRefused: (why: string) => void;
}): ReactNode {
  const { id, code, title, way } = props;
  const look = useQuery({
    queryKey: ['sign-in-code', id],
    queryFn: ({ signal }) => elsewhere.lookForCode(id, signal),
    refetchInterval: (query) => (query.state.error || query.state.data?.connection ? false : GAP_MS),
    refetchIntervalInBackground: true,
    retry: (failures, error) => failures < MOST_UNHEARD && unheard(error),
    retryDelay: GAP_MS,
    gcTime: 0,
  });
  const connection = look.data?.connection ?? null;
  const refusal = look.error?.message ?? null;
  const tell = useEffectEvent(() => {
    if (connection !== null) props.onConnected(connection);
    else if (refusal !== null) props.onRefused(refusal);
  });
  useEffect(() => {
    if (connection !== null || refusal !== null) tell();
  }, [connection, refusal]);
  return (
    <div role="status">
      <p>
        Enter this code in a {title} app where you are signed in, under {way}:
      </p>
      <p className="sign-in-code">{code}</p>
      <p className="muted">Waiting for you to confirm…</p>
    </div>
  );
}
