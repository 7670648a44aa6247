import './loading.css';
import type { ReactNode } from 'react';
import { useAskAgain, useSlow } from './use-slow.ts';

/**
 * The grey shape of something that is being loaded. A screen reader hears so at once; everybody reads it when it takes long, and can try again when
 * it seems to have no end.
 * @param props.shape class that sets the size
 * @param props.children parts of the shape; one grey area by default
 */
export function Loading(props: { shape: string; children?: ReactNode }): ReactNode {
  const slow = useSlow(true);
  const askAgain = useAskAgain();
  return (
    <div className="loading">
      <div className={props.children ? props.shape : `skeleton ${props.shape}`} aria-hidden="true">
        {props.children}
      </div>
      <div className={slow === 'no' ? 'visually-hidden' : 'loading-words'}>
        <span role="status">
          {slow === 'no' && 'Loading…'}
          {slow === 'slow' && 'Still loading. Segue is busy, or the connection is slow.'}
          {slow === 'stuck' && 'Segue hasn’t answered yet. Wait a little longer, or try again.'}
        </span>
        {slow === 'stuck' && (
          <button type="button" className="button" onClick={askAgain}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}
