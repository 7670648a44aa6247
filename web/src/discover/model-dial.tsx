import type { ReactNode } from 'react';
import type { Model } from '../api/types.ts';
import { chooseModel, type Query } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { useTraining } from './use-training.ts';

/** The choices in plain language; null = the best trained model. */
const PLAIN: readonly { model: string | null; label: string; hint: string }[] = [
  { model: null, label: 'Best match', hint: 'The best guess, from everything Segue knows' },
  { model: 'genre-first', label: 'Stay in the style', hint: 'Same genres first, then sound and era' },
  { model: 'audio', label: 'By sound alone', hint: 'Only how the songs sound, whoever made them' },
];

const stateOf = (model: Model, training: ReadonlySet<string>): string =>
  training.has(model.id) ? ' · being trained' : model.outdated ? ' · outdated' : ' · not trained';

/** Chooses the model: three plain choices, and every model under Advanced. */
export function ModelDial(props: {
  query: Query;
  session: Session;
  models: readonly Model[];
  chosen: Model | undefined;
}): ReactNode {
  const { query, session, models, chosen } = props;
  const choose = (model: string | null, label: string): void =>
    session.change((q) => chooseModel(q, model), `Model: ${label}`);
  const plain = PLAIN.some((p) => p.model === query.model);
  // Until the models are known, none counts as untrained.
  const isTrained = (id: string | null): boolean =>
    id === null || models.length === 0 || models.some((m) => m.id === id && m.trained);
  const training = useTraining(models);
  const missingHint = (id: string): string =>
    training.has(id) ? 'Being trained. Ready shortly.' : 'Not trained yet. Train it in the Lab.';
  return (
    <fieldset className="dial model-dial">
      <legend className="dial-head">Model</legend>
      {PLAIN.map(({ model, label, hint }) => (
        <label key={label} className={isTrained(model) ? 'choice' : 'choice off'}>
          <input
            type="radio"
            name="model"
            disabled={!isTrained(model)}
            checked={query.model === model}
            onChange={() => choose(model, label)}
          />
          <span>
            {label}
            <small className="hint">{model === null || isTrained(model) ? hint : missingHint(model)}</small>
          </span>
        </label>
      ))}
      <details open={!plain || undefined}>
        <summary>Advanced</summary>
        <label className="dial">
          <span className="visually-hidden">All models</span>
          <select
            aria-label="All models"
            value={query.model ?? ''}
            onChange={(event) =>
              choose(event.target.value || null, models.find((m) => m.id === event.target.value)?.title ?? 'Best match')
            }
          >
            <option value="">Best trained{chosen && query.model === null ? ` (${chosen.title})` : ''}</option>
            {models.map((model) => (
              <option key={model.id} value={model.id} disabled={!model.trained}>
                {model.title}
                {model.trained ? '' : stateOf(model, training)}
              </option>
            ))}
          </select>
        </label>
        {chosen && <p className="hint">{chosen.description}</p>}
      </details>
    </fieldset>
  );
}
