import './seeds.css';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Understood } from '../api/types.ts';
import {
  describeWeight,
  EMPTY_QUERY,
  type Query,
  removeSeed,
  type Seed,
  setTitle,
  setWeight,
  stepWeight,
  takeBack,
  unban,
  WEIGHTS,
} from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { clean, names } from '../ui/text.ts';

/** Chips shown before "and … more". */
const SHOWN = 12;

/** What the list is made from: the title, the songs with their weights, and the bans. */
export function Seeds(props: {
  query: Query;
  session: Session;
  unknown: ReadonlySet<string>;
  /** The demands that the server found in the words. */
  understood?: readonly Understood[];
}): ReactNode {
  const { query, session } = props;
  const [all, setAll] = useState(false);
  const shown = all ? query.seeds : query.seeds.slice(0, SHOWN);
  const hidden = query.seeds.length - shown.length;
  return (
    <section className="seeds" aria-label="Your songs">
      <ul className="chips">
        {query.title.trim() !== '' && (
          <li className="chip title-chip">
            <bdi className="song-text" dir="auto">
              “{clean(query.title, 60)}”
            </bdi>
            <ChipButton
              icon={X}
              label="Remove the title"
              onClick={() => session.change((q) => setTitle(q, ''), `Removed “${clean(query.title, 60)}”`)}
            />
          </li>
        )}
        {query.title.trim() !== '' &&
          (props.understood ?? [])
            .filter(({ id }) => !query.without.includes(id))
            .map(({ id, label }) => (
              <li key={id} className="chip small-chip">
                <bdi className="song-text" dir="auto">
                  {clean(label, 40)}
                </bdi>
                <ChipButton
                  icon={X}
                  label={`Remove “${clean(label, 40)}”`}
                  onClick={() => session.change((q) => takeBack(q, id), `Removed “${clean(label, 40)}”`)}
                />
              </li>
            ))}
        {shown.map((seed) => (
          <SeedChip key={seed.uri} seed={seed} session={session} unknown={props.unknown.has(seed.uri)} />
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" className="button quiet" onClick={() => setAll(true)}>
              and {hidden.toLocaleString('en')} more
            </button>
          </li>
        )}
        {all && query.seeds.length > SHOWN && (
          <li>
            <button type="button" className="button quiet" onClick={() => setAll(false)}>
              show fewer
            </button>
          </li>
        )}
        <li>
          <button
            type="button"
            className="button quiet"
            onClick={() => session.change((q) => ({ ...EMPTY_QUERY, model: q.model }), 'Started over')}
          >
            Start over
          </button>
        </li>
      </ul>
      {query.bans.length > 0 && (
        <ul className="chips bans" aria-label="Never in this list">
          <li className="label">Never</li>
          {query.bans.map((entry) => (
            <li key={entry.id} className="chip small-chip barred">
              <bdi className="song-text" dir="auto">
                {clean(entry.label, 50)}
              </bdi>
              <ChipButton
                icon={X}
                label={`Allow ${clean(entry.label, 50)} again`}
                onClick={() => session.change((q) => unban(q, entry.id), `Allowed “${clean(entry.label, 50)}” again`)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SeedChip(props: { seed: Seed; session: Session; unknown: boolean }): ReactNode {
  const { seed, session } = props;
  const name = clean(seed.name, 50);
  const weight = describeWeight(seed.weight);
  const step = (direction: 1 | -1): void => {
    const next = stepWeight(seed.weight, direction);
    session.change(
      (q) => setWeight(q, seed.uri, next),
      `“${name}”: ${describeWeight(next) || 'normal'}`,
      `weight:${seed.uri}`,
    );
  };
  const kind = seed.weight < 0 ? 'chip less' : seed.weight > 1 ? 'chip more' : 'chip';
  return (
    <li
      className={props.unknown ? `${kind} unknown` : kind}
      title={props.unknown ? 'Not in this library yet' : names(seed.artists)}
    >
      <ChipButton
        icon={ArrowDown}
        label={`Less of ${name}`}
        disabled={seed.weight <= WEIGHTS[0]}
        onClick={() => step(-1)}
      />
      <span className="chip-text">
        <bdi className="song-text" dir="auto">
          {name}
        </bdi>
        {(weight || props.unknown) && <small>{props.unknown ? 'not in this library' : weight}</small>}
      </span>
      <ChipButton
        icon={ArrowUp}
        label={`More of ${name}`}
        disabled={seed.weight >= WEIGHTS.at(-1)!}
        onClick={() => step(1)}
      />
      <ChipButton
        icon={X}
        label={`Remove ${name}`}
        onClick={() => session.change((q) => removeSeed(q, seed.uri), `Removed “${name}”`)}
      />
    </li>
  );
}

function ChipButton(props: { icon: typeof X; label: string; disabled?: boolean; onClick: () => void }): ReactNode {
  const Icon = props.icon;
  return (
    <button
      type="button"
      className="chip-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon size={14} strokeWidth={2.2} aria-hidden />
    </button>
  );
}
