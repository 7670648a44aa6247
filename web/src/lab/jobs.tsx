import { FlaskConical, GraduationCap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Model } from '../api/types.ts';
import { count } from '../ui/text.ts';
import { JobLine } from './job-line.tsx';
import { useJob } from './use-job.ts';

const stateOf = (model: Model): string => {
  if (model.unusable) return 'can’t run on this library yet';
  if (model.trained) return 'trained';
  return model.outdated ? 'outdated; train it again' : 'not trained';
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
