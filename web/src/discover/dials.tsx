import type { ReactNode } from 'react';
import type { Model } from '../api/types.ts';
import {
  chooseModel,
  countChanged,
  type Query,
  RANGES,
  type RangeFilter,
  resetDials,
  setRange,
} from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { RangeSlider, Slider } from '../ui/slider.tsx';
import { type Option, optionsOf } from './model-options.ts';

const LENGTHS = [25, 50, 100, 200, 500];
const percent = (value: number): string => (value === 0 ? 'off' : `${Math.round(value * 100)} %`);

/** Everything that shapes the list. Each move asks anew at once. */
export default function Dials(props: {
  query: Query;
  session: Session;
  models: readonly Model[];
  answered: string | null;
}): ReactNode {
  const { query, session, models } = props;
  const chosen = models.find((m) => m.id === (query.model ?? props.answered)) ?? models.find((m) => m.isDefault);
  const changed = countChanged(query);
  return (
    <div className="dials">
      <div className="dial">
        <div className="dial-head">
          <label htmlFor="model">Model</label>
        </div>
        <select
          id="model"
          value={query.model ?? ''}
          onChange={(event) =>
            session.change(
              (q) => chooseModel(q, event.target.value || null),
              `Model: ${event.target.value || 'the best'}`,
            )
          }
        >
          <option value="">Best trained{chosen && query.model === null ? ` (${chosen.title})` : ''}</option>
          {models.map((model) => (
            <option key={model.id} value={model.id} disabled={!model.trained}>
              {model.title}
              {model.trained ? '' : model.outdated ? ' · outdated' : ' · not trained'}
            </option>
          ))}
        </select>
        {chosen && <p className="hint">{chosen.description}</p>}
      </div>
      <Slider
        label="Adventure"
        hint="Prefers songs that fewer people know"
        value={query.adventure}
        min={0}
        max={1}
        step={0.05}
        text={percent(query.adventure)}
        onChange={(adventure) =>
          session.change((q) => ({ ...q, adventure }), `Adventure ${percent(adventure)}`, 'adventure')
        }
      />
      <Slider
        label="Diversity"
        hint="Keeps songs that resemble each other apart"
        value={query.diversity}
        min={0}
        max={1}
        step={0.05}
        text={percent(query.diversity)}
        onChange={(diversity) =>
          session.change((q) => ({ ...q, diversity }), `Diversity ${percent(diversity)}`, 'diversity')
        }
      />
      {(Object.keys(RANGES) as RangeFilter[]).map((filter) => (
        <RangeDial key={filter} filter={filter} query={query} session={session} />
      ))}
      <Slider
        label="Songs of one artist"
        value={query.perArtist ?? 16}
        min={1}
        max={16}
        step={1}
        text={query.perArtist === null ? 'any' : `at most ${query.perArtist}`}
        onChange={(value) =>
          session.change((q) => ({ ...q, perArtist: value > 15 ? null : value }), 'Songs of one artist', 'perArtist')
        }
      />
      <fieldset className="dial">
        <legend className="dial-head">Explicit songs</legend>
        <div className="segments">
          {(
            [
              ['Any', null],
              ['None', false],
              ['Only', true],
            ] as const
          ).map(([label, value]) => (
            <label key={label}>
              <input
                type="radio"
                name="explicit"
                checked={query.explicit === value}
                onChange={() => session.change((q) => ({ ...q, explicit: value }), `Explicit: ${label}`)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="dial">
        <legend className="dial-head">Length</legend>
        <div className="segments">
          {LENGTHS.map((n) => (
            <label key={n}>
              <input
                type="radio"
                name="length"
                checked={query.n === n}
                onChange={() => session.change((q) => ({ ...q, n }), `${n} songs`)}
              />
              <span>{n}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {chosen && <ModelOptions model={chosen} query={query} session={session} />}
      <button
        type="button"
        className="button"
        disabled={changed === 0}
        onClick={() => session.change(resetDials, 'Cleared the dials')}
      >
        Reset the dials
      </button>
    </div>
  );
}

function RangeDial(props: { filter: RangeFilter; query: Query; session: Session }): ReactNode {
  const { filter, query, session } = props;
  const { label, min, max, step, unit } = RANGES[filter];
  const range = query.filters[filter];
  const from = range?.from ?? min;
  const to = range?.to ?? max;
  const show = (value: number): string => (filter === 'energy' ? String(Math.round(value * 100)) : String(value));
  const ends = range ? `${show(from)} – ${show(to)}${unit && ` ${unit}`}` : 'any';
  return (
    <RangeSlider
      label={label}
      from={from}
      to={to}
      min={min}
      max={max}
      step={step}
      text={ends}
      onChange={(a, b) => session.change((q) => setRange(q, filter, a, b), `${label} ${show(a)} – ${show(b)}`, filter)}
    />
  );
}

function ModelOptions(props: { model: Model; query: Query; session: Session }): ReactNode {
  const { model, query, session } = props;
  const options = optionsOf(model.queryOptions, query.options);
  if (options.length === 0) return null;
  // Options belong to a model: setting one names it, so that the list stays that model's.
  const set = (name: string, value: unknown, label: string): void =>
    session.change(
      (q) => ({ ...q, model: model.id, options: { ...q.options, [name]: value } }),
      label,
      `option:${name}`,
    );
  return (
    <fieldset className="model-options">
      <legend className="label">{model.title}</legend>
      {options.map((option) => (
        <OptionDial key={option.name} option={option} given={query.options[option.name]} set={set} />
      ))}
    </fieldset>
  );
}

function OptionDial(props: {
  option: Option;
  given: unknown;
  set: (name: string, value: unknown, label: string) => void;
}): ReactNode {
  const { option, set } = props;
  if (option.kind === 'number')
    return (
      <Slider
        label={option.label}
        hint={option.hint}
        value={option.value}
        min={option.min}
        max={option.max}
        step={option.step}
        text={String(Number(option.value.toFixed(2)))}
        onChange={(value) => set(option.name, value, option.label)}
      />
    );
  if (option.kind === 'weights')
    return (
      <>
        {option.weights.map((weight) => (
          <Slider
            key={weight.name}
            label={`${weight.label} weight`}
            hint={weight.hint}
            value={weight.value}
            min={weight.min}
            max={weight.max}
            step={weight.step}
            text={`× ${Number(weight.value.toFixed(2))}`}
            onChange={(value) =>
              set(
                option.name,
                { ...(props.given as Record<string, number> | undefined), [weight.name]: value },
                `${weight.label} weight`,
              )
            }
          />
        ))}
      </>
    );
  if (option.kind === 'boolean')
    return (
      <label className="check" title={option.hint}>
        <input
          type="checkbox"
          checked={option.value}
          onChange={(event) => set(option.name, event.target.checked, option.label)}
        />
        {option.label}
      </label>
    );
  return (
    <label className="dial" title={option.hint}>
      <span className="dial-head">{option.label}</span>
      <select value={option.value} onChange={(event) => set(option.name, event.target.value, option.label)}>
        {option.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}
