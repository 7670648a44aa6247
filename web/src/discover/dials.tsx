import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import type { Library, Model } from '../api/types.ts';
import {
  countChanged,
  type Judged,
  keepUnknown,
  type Query,
  RANGES,
  type RangeFilter,
  resetDials,
  setRange,
} from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { RangeSlider, Slider } from '../ui/slider.tsx';
import { GenreDial } from './genre-dial.tsx';
import { ModelDial } from './model-dial.tsx';
import { type Option, optionsOf } from './model-options.ts';

/** The limit per artist that "auto" sets. */
const AUTO_LIMIT = 3;
const LENGTHS = [25, 50, 100, 200, 500];
/** For each dial, the share of the catalogue with a known value. */
export type Coverage = Library['coverage'];
const KNOWN: Record<Judged, string> = {
  year: 'year',
  popularity: 'popularity',
  energy: 'energy',
  tempo: 'tempo',
  explicit: 'explicit label',
  genres: 'genre',
};

const percent = (value: number): string => (value === 0 ? 'off' : `${Math.round(value * 100)}%`);

/** All controls that shape the list. Every change queries again immediately. */
export default function Dials(props: {
  query: Query;
  session: Session;
  models: readonly Model[];
  answered: string | null;
}): ReactNode {
  const { query, session, models } = props;
  const chosen = models.find((m) => m.id === (query.model ?? props.answered)) ?? models.find((m) => m.isDefault);
  const changed = countChanged(query);
  const library = useQuery({ queryKey: ['library'], queryFn: ({ signal }) => api.library(signal) });
  const coverage = library.data?.coverage;
  return (
    <div className="dials">
      <ModelDial query={query} session={session} models={models} chosen={chosen} />
      <Slider
        label="Adventure"
        hint="Favours lesser-known songs"
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
        hint="Avoids songs that are too alike"
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
        <RangeDial key={filter} filter={filter} query={query} session={session} coverage={coverage} />
      ))}
      <GenreDial query={query} session={session} coverage={coverage} />
      <Slider
        label="Stay balanced"
        hint="Follows the mix of styles in your songs"
        value={query.balance}
        min={0}
        max={1}
        step={0.05}
        text={percent(query.balance)}
        onChange={(balance) =>
          session.change((q) => ({ ...q, balance }), `Stay balanced ${percent(balance)}`, 'balance')
        }
      />
      <Slider
        label="Songs per artist"
        hint="3 unless all your songs are by one artist"
        value={query.perArtist === null ? 16 : query.perArtist === 'auto' ? AUTO_LIMIT : query.perArtist}
        min={1}
        max={16}
        step={1}
        text={
          query.perArtist === null
            ? 'no limit'
            : query.perArtist === 'auto'
              ? '3 at most'
              : `${query.perArtist} at most`
        }
        onChange={(value) =>
          session.change(
            (q) => ({ ...q, perArtist: value > 15 ? null : value === AUTO_LIMIT ? 'auto' : value }),
            value > 15 ? 'No limit per artist' : `Songs per artist: ${value} at most`,
            'perArtist',
          )
        }
      />
      <fieldset className="dial" disabled={coverage?.explicit === 0 && query.explicit === null}>
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
        <Knowledge dial="explicit" set={query.explicit !== null} coverage={coverage} query={query} session={session} />
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
        onClick={() => session.change(resetDials, 'Reset the dials')}
      >
        Reset dials
      </button>
    </div>
  );
}

/** How much of the catalogue a dial can judge, and whether the rest passes. */
export function Knowledge(props: {
  dial: Judged;
  set: boolean;
  coverage: Coverage | undefined;
  query: Query;
  session: Session;
}): ReactNode {
  const { dial, coverage, query, session } = props;
  const share = coverage?.[dial];
  if (share === undefined || (share === 1 && !props.set)) return null;
  const what = KNOWN[dial];
  return (
    <>
      <p className="hint">
        {share === 0
          ? `No ${what} is known here`
          : `${what.charAt(0).toUpperCase()}${what.slice(1)} known for ${shareText(share)} of songs`}
      </p>
      {props.set && share < 1 && (
        <label className="check small">
          <input
            type="checkbox"
            checked={query.keepUnknown.includes(dial)}
            onChange={(event) =>
              session.change(
                (q) => keepUnknown(q, dial, event.target.checked),
                `${event.target.checked ? 'Included' : 'Left out'} songs whose ${what} is unknown`,
              )
            }
          />
          Include songs whose {what} is unknown
        </label>
      )}
    </>
  );
}

const shareText = (share: number): string =>
  share >= 0.995 && share < 1 ? 'over 99%' : share < 0.005 ? 'under 1%' : `${Math.round(share * 100)}%`;

function RangeDial(props: {
  filter: RangeFilter;
  query: Query;
  session: Session;
  coverage: Coverage | undefined;
}): ReactNode {
  const { filter, query, session } = props;
  const { label, min, max, step, unit } = RANGES[filter];
  const range = query.filters[filter];
  const from = range?.from ?? min;
  const to = range?.to ?? max;
  const show = (value: number): string => (filter === 'energy' ? String(Math.round(value * 100)) : String(value));
  const ends = range ? `${show(from)} – ${show(to)}${unit && ` ${unit}`}` : 'any';
  return (
    <div className="dial">
      <RangeSlider
        label={label}
        from={from}
        to={to}
        min={min}
        max={max}
        step={step}
        text={ends}
        disabled={props.coverage?.[filter] === 0 && !range}
        onChange={(a, b) =>
          session.change((q) => setRange(q, filter, a, b), `${label} ${show(a)} – ${show(b)}`, filter)
        }
      />
      <Knowledge dial={filter} set={range !== undefined} coverage={props.coverage} query={query} session={session} />
    </div>
  );
}

function ModelOptions(props: { model: Model; query: Query; session: Session }): ReactNode {
  const { model, query, session } = props;
  const options = optionsOf(model.queryOptions, query.options);
  if (options.length === 0) return null;
  // Options belong to a model, so setting one also selects the model.
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
