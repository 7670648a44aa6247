import * as Plot from '@observablehq/plot';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import './plot-figure.css';

/**
 * A chart of Observable Plot that fills its column, in the app and in the reports. Plot adds a style element, which a strict content-security
 * policy refuses: it is removed before the chart enters the page, and plot-figure.css holds the same rules.
 */
export function PlotFigure(props: {
  title: string;
  note?: ReactNode;
  options: (width: number) => Plot.PlotOptions;
}): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { options } = props;
  useEffect(() => {
    const element = host.current!;
    const observer = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const chart = Plot.plot({ ...options(width), width });
    for (const style of chart.querySelectorAll('style')) style.remove();
    chart.setAttribute('aria-hidden', 'true');
    host.current!.replaceChildren(chart);
  }, [options, width]);
  return (
    <figure className="plot-figure">
      <figcaption>
        <h3>{props.title}</h3>
        {props.note && <p className="muted">{props.note}</p>}
      </figcaption>
      <div ref={host} />
    </figure>
  );
}
