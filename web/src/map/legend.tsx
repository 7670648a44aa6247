import { type ReactNode, useId } from 'react';
import type { MapHeader } from '../api/types.ts';
import { genreName } from '../ui/text.ts';
import { type ColourBy, css, groupColours, sequential, unknownColour } from './colours.ts';

/** Most legend entries before "more". */
const SHOWN = 14;

export function Legend(props: {
  by: ColourBy;
  dark: boolean;
  header: MapHeader;
  domain: readonly [number, number];
  /** Selected groups: all others are dimmed. Empty = all. */
  picked: ReadonlySet<number>;
  onPick: (group: number) => void;
}): ReactNode {
  const { by, dark, header, domain } = props;
  const id = useId();
  if (by === 'cluster' || by === 'genre') {
    const all = by === 'cluster' ? header.clusters : header.genres;
    const colours = groupColours(all, dark);
    const order = all.map((entry, i) => ({ ...entry, i })).sort((a, b) => b.count - a.count);
    return (
      // On phones the list is one row, which the browser does not scroll to an entry that shows in part.
      <ul className="legend" onFocus={(event) => event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}>
        {order.slice(0, SHOWN).map(({ label, count, i }) => (
          <li key={i}>
            <button
              type="button"
              aria-pressed={props.picked.has(i)}
              className={props.picked.size > 0 && !props.picked.has(i) ? 'out' : undefined}
              onClick={() => props.onPick(i)}
            >
              <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                <circle cx="5" cy="5" r="5" fill={css(colours[i]!)} />
              </svg>
              <span className="song-text" title={genreName(label, 200)}>
                {genreName(label, 60)}
              </span>
              <span className="muted">{count.toLocaleString('en')}</span>
            </button>
          </li>
        ))}
        {order.length > SHOWN && <li className="muted">and {order.length - SHOWN} more</li>}
      </ul>
    );
  }
  const text = (value: number): string => (by === 'energy' ? String(Math.round(value * 100)) : String(value));
  return (
    <div className="legend-scale">
      <svg
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${by} from ${text(domain[0])} to ${text(domain[1])}`}
      >
        <defs>
          <linearGradient id={id}>
            {Array.from({ length: 9 }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: stops of a fixed scale.
              <stop key={i} offset={`${i * 12.5}%`} stopColor={css(sequential(i / 8, dark))} />
            ))}
          </linearGradient>
        </defs>
        <rect width="100" height="10" fill={`url(#${id})`} />
      </svg>
      <div>
        <span>{text(domain[0])}</span>
        <span>{text(domain[1])}</span>
      </div>
      <p className="muted">
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <circle cx="5" cy="5" r="5" fill={css(unknownColour(dark))} />
        </svg>{' '}
        unknown
      </p>
    </div>
  );
}
