import './job-line.css';
import type { ReactNode } from 'react';
import type { Job } from '../api/types.ts';

const KINDS: Record<string, [now: string, done: string]> = {
  train: ['Training', 'Trained'],
  evaluate: ['Evaluating', 'Evaluated'],
  import: ['Importing', 'Imported'],
  forget: ['Forgetting', 'Done'],
  analyse: ['Analysing files', 'Done'],
};

function left(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 90
    ? `, about ${Math.max(1, Math.round(seconds))} s left`
    : `, about ${Math.round(seconds / 60)} min left`;
}

/** State of a job: its progress, report or failure. */
export function JobLine(props: { job: Job; titles: ReadonlyMap<string, string>; onCancel: () => void }): ReactNode {
  const { job } = props;
  const [now, done] = KINDS[job.kind] ?? ['Working', 'Done'];
  const what = job.model ? (props.titles.get(job.model) ?? job.model) : '';
  return (
    <div className={`job ${job.state}`}>
      <div className="job-head">
        <p role="status">
          {job.state === 'running' && `${now} ${what}`}
          {job.state === 'done' &&
            `${done} in ${job.elapsedSeconds.toFixed(1)} s. ${/^[A-Z]/.test(job.note) ? job.note : ''}`}
          {job.state === 'cancelled' &&
            (job.kind === 'analyse'
              ? 'Stopped. Finished files are kept; start again to resume.'
              : 'Stopped. Nothing was changed.')}
          {job.state === 'failed' &&
            (job.code === 'LIBRARY_BUSY' ? job.error : `Failed: ${job.error ?? 'see the server’s log'}`)}
        </p>
        {job.state === 'running' && (
          <button type="button" className="button" onClick={props.onCancel}>
            Cancel
          </button>
        )}
      </div>
      {job.state === 'running' && (
        <>
          <progress value={job.fraction} aria-label={`${now}: ${Math.round(job.fraction * 100)}%`} />
          <p className="muted">
            {Math.round(job.fraction * 100)}%, {job.note}
            {left(job.secondsLeft)}
          </p>
        </>
      )}
    </div>
  );
}
