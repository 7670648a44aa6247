import './figures.css';
import type { ReactNode } from 'react';

/** Figures with what they count below them, in as many columns as there is room for. */
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
