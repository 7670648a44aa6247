import type { ReactNode } from 'react';

/** In place of what an import would fill: says what is missing, and leads to the import. */
export const EmptyUntilBrought = (props: { text: string; onBring: () => void }): ReactNode => (
  <div className="until-brought">
    <p>{props.text}</p>
    <button type="button" className="button" onClick={props.onBring}>
      Bring your music
    </button>
  </div>
);
