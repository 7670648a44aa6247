import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';

/** Fills an area that has nothing to show yet, or has failed: says what it is, and what one can do. */
export function Notice(props: { title: string; children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="notice">
      <h2>{props.title}</h2>
      <p className="muted">{props.children}</p>
      {props.action}
    </div>
  );
}

export function Failure(props: { error: Error; what: string; onRetry: () => void }): ReactNode {
  const { error } = props;
  return (
    <div role="alert">
      <Notice
        title={props.what}
        action={
          <button type="button" className="button" onClick={props.onRetry}>
            Try again
          </button>
        }
      >
        {error.message}{' '}
        {error instanceof ApiError && error.remedy && !error.message.includes(error.remedy) ? error.remedy : ''}
      </Notice>
    </div>
  );
}
