import { type ReactNode, useId } from 'react';

/** A slider for one value, with its name and the meaning of its ends. */
export function Slider(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  text: string;
  hint?: string;
  onChange: (value: number) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="dial">
      <div className="dial-head">
        <label htmlFor={id}>{props.label}</label>
        <output htmlFor={id}>{props.text}</output>
      </div>
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        aria-valuetext={props.text}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.target.valueAsNumber)}
      />
      {props.hint && (
        <p className="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

/** A slider for a range, with two ends on one track. */
export function RangeSlider(props: {
  label: string;
  from: number;
  to: number;
  min: number;
  max: number;
  step: number;
  text: string;
  disabled?: boolean;
  onChange: (from: number, to: number) => void;
}): ReactNode {
  const { from, to, min, max, step } = props;
  const percent = (value: number): number => ((value - min) / (max - min)) * 100;
  return (
    <fieldset className="dial" disabled={props.disabled}>
      <legend className="visually-hidden">{props.label}</legend>
      <div className="dial-head">
        <span aria-hidden="true">{props.label}</span>
        <output>{props.text}</output>
      </div>
      <div className={from > min || to < max ? 'range-pair set' : 'range-pair'}>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className="range-all" width="100" height="4" rx="2" />
          <rect className="range-part" x={percent(from)} width={Math.max(0, percent(to) - percent(from))} height="4" />
        </svg>
        <input
          type="range"
          aria-label={`${props.label} from`}
          min={min}
          max={max}
          step={step}
          value={from}
          onChange={(event) => props.onChange(Math.min(event.target.valueAsNumber, to), to)}
        />
        <input
          type="range"
          aria-label={`${props.label} to`}
          min={min}
          max={max}
          step={step}
          value={to}
          onChange={(event) => props.onChange(from, Math.max(event.target.valueAsNumber, from))}
        />
      </div>
    </fieldset>
  );
}
