import './figures.css';
import type { ReactNode } from 'react';

/** Figures with their descriptions below, in as many columns as fit. */
export function Figures(props: { figures: readonly (readonly [figure: string, what: string])[] }): ReactNode {
  return (
    <dl className="figures">
      {props.figures.map(([figure, what]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
