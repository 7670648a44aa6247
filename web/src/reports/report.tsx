import { type ReactNode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../theme/tokens.css';
import '../theme/base.css';
import './report.css';

/** Renders a report from the data embedded in its file. */
export function mountReport<T>(Page: (props: { data: T }) => ReactNode): void {
  const data: T = JSON.parse(document.getElementById('data')!.textContent!);
  createRoot(document.getElementById('root')!).render(<Page data={data} />);
}

export interface ReportSection {
  id: string;
  title: string;
  hint?: string;
  body: ReactNode;
}

/** The frame of every report: heading, links to the sections, the sections, and a switch between light and dark. */
export function ReportPage(props: {
  kicker: string;
  title: string;
  lead: string;
  facts?: ReactNode;
  sections: readonly ReportSection[];
  footer: ReactNode;
}): ReactNode {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const turn = (): void => {
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
    setDark(!dark);
  };
  return (
    <div className="report">
      <header>
        <div className="report-top">
          <div>
            <p className="kicker">{props.kicker}</p>
            <h1>{props.title}</h1>
            <p className="lead">{props.lead}</p>
          </div>
          <button type="button" onClick={turn}>
            {dark ? 'Light theme' : 'Dark theme'}
          </button>
        </div>
        {props.facts}
      </header>
      <nav aria-label="Sections">
        {props.sections.map(({ id, title }) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      <main>
        {props.sections.map(({ id, title, hint, body }) => (
          <section key={id} id={id}>
            <h2>{title}</h2>
            {hint && <p className="hint">{hint}</p>}
            {body}
          </section>
        ))}
      </main>
      <footer>{props.footer}</footer>
    </div>
  );
}

/** A table that scrolls horizontally in its own frame; columns with only numbers are right-aligned. */
export function PlainTable(props: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}): ReactNode {
  const { caption, head, rows } = props;
  const style = (column: number): string | undefined =>
    rows.length > 0 && rows.every((row) => typeof row[column] === 'number') ? 'number' : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className="scroll" tabIndex={0} aria-label={caption}>
      <table className="plain">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, c) => (
              <th key={name} scope="col" className={style(c)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {row.map((cell, c) => (
                <td key={head[c]} className={style(c)}>
                  {typeof cell === 'number' ? cell.toLocaleString('en') : cell}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={head.length}>None.</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
