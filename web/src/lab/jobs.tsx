import { FlaskConical, GraduationCap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Job, Model } from '../api/types.ts';
import { count } from '../ui/text.ts';
import { useJob } from './use-job.ts';

const KINDS: Record<string, [now: string, done: string]> = {
  train: ['Training', 'Trained'],
  evaluate: ['Evaluating', 'Evaluated'],
};

const stateOf = (model: Model): string => {
  if (model.unusable) return 'does not work here yet';
  if (model.trained) return 'trained';
  return model.outdated ? 'outdated: train it again' : 'not trained';
};

/** Trains and evaluates from the page. */
export function Jobs(props: { models: readonly Model[] }): ReactNode {
  const { models } = props;
  const { job, refusal, start, cancel } = useJob();
  const usable = models.filter((m) => m.unusable === null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const selected = chosen ?? new Set(usable.filter((m) => m.byDefault).map((m) => m.id));
  const running = job?.state === 'running';
  const ids = [...selected].filter((id) => models.some((m) => m.id === id));
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className="jobs">
      <fieldset className="job-models">
        <legend className="visually-hidden">Models to train or evaluate</legend>
        {models.map((model) => (
          <label key={model.id} className="check" title={model.unusable ?? model.outdated ?? model.description}>
            <input type="checkbox" checked={selected.has(model.id)} onChange={() => toggle(model.id)} />
            <span>
              {model.title} <small className="muted">{stateOf(model)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="job-tools">
        <button
          type="button"
          className="button primary"
          disabled={running || ids.length === 0}
          onClick={() => void start({ kind: 'train', models: ids })}
        >
          <GraduationCap size={16} aria-hidden /> Train {count(ids.length, 'model')}
        </button>
        <button
          type="button"
          className="button"
          disabled={running || ids.length === 0}
          onClick={() => void start({ kind: 'evaluate', models: ids })}
        >
          <FlaskConical size={16} aria-hidden /> Evaluate {count(ids.length, 'model')}
        </button>
      </div>
      {refusal && <p role="alert">{refusal}</p>}
      {job && (
        <JobLine job={job} titles={new Map(models.map((m) => [m.id, m.title]))} onCancel={() => void cancel(job.id)} />
      )}
    </div>
  );
}

function left(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 90
    ? `, about ${Math.max(1, Math.round(seconds))} s left`
    : `, about ${Math.round(seconds / 60)} min left`;
}

function JobLine(props: { job: Job; titles: ReadonlyMap<string, string>; onCancel: () => void }): ReactNode {
  const { job } = props;
  const [now, done] = KINDS[job.kind] ?? ['Working', 'Done'];
  const what = job.model ? (props.titles.get(job.model) ?? job.model) : '';
  return (
    <div className={`job ${job.state}`}>
      <div className="job-head">
        <p role="status">
          {job.state === 'running' && `${now} ${what}`}
          {job.state === 'done' && `${done} in ${job.elapsedSeconds.toFixed(1)} s`}
          {job.state === 'cancelled' && 'Stopped; nothing half-done was kept'}
          {job.state === 'failed' && `Failed: ${job.error ?? 'see the server’s log'}`}
        </p>
        {job.state === 'running' && (
          <button type="button" className="button" onClick={props.onCancel}>
            Cancel
          </button>
        )}
      </div>
      {job.state === 'running' && (
        <>
          <progress value={job.progress} aria-label={`${now}: ${Math.round(job.progress * 100)} %`} />
          <p className="muted">
            {Math.round(job.progress * 100)} %, {job.note}
            {left(job.secondsLeft)}
          </p>
        </>
      )}
    </div>
  );
}
