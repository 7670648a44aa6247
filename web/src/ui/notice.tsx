import type { ReactNode } from 'react';
import { wordsOf } from '../api/client.ts';

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
        {wordsOf(props.error)}
      </Notice>
    </div>
  );
}
