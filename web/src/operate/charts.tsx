import * as Plot from '@observablehq/plot';
import { type ReactNode, useMemo } from 'react';
import { PlotFigure } from '../ui/plot-figure.tsx';
import type { Operation } from './use-operation.ts';

const ACCENT = 'var(--accent)';
const SECOND = 'var(--second)';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The time axis: at least an hour of minutes, or half a day of hours, so that data that has just begun is not one wide block. */
function along(data: readonly { at: number }[], width: number): Plot.ScaleOptions {
  const last = (data.at(-1)?.at ?? 0) + width;
  const first = Math.min(data[0]?.at ?? 0, last - (width === MINUTE ? HOUR : 12 * HOUR));
  const days: Intl.DateTimeFormatOptions = last - first > 24 * HOUR ? { weekday: 'short' } : {};
  return {
    type: 'time',
    label: null,
    domain: [new Date(first), new Date(last)],
    tickFormat: (time: Date) => time.toLocaleString('en-GB', { ...days, hour: '2-digit', minute: '2-digit' }),
  };
}

const chart =
  (x: Plot.ScaleOptions, y: Plot.ScaleOptions, marks: Plot.Markish[]) =>
  (width: number): Plot.PlotOptions => ({
    height: 200,
    marginLeft: 52,
    marginBottom: 36,
    marginTop: 22,
    marginRight: 24,
    x: { ...x, ticks: Math.max(2, Math.floor(width / 110)) },
    y: { grid: true, zero: true, ...y },
    marks: [...marks, Plot.ruleY([0], { stroke: 'var(--line-strong)' })],
  });

const line = <T extends { at: number }>(data: readonly T[], y: (d: T) => number | null, stroke: string) =>
  Plot.lineY(data, { x: (d: T) => new Date(d.at), y: (d: T) => y(d) ?? Number.NaN, stroke, strokeWidth: 2 });
const dots = <T extends { at: number }>(data: readonly T[], y: (d: T) => number | null, fill: string) =>
  Plot.dot(data, { x: (d: T) => new Date(d.at), y: (d: T) => y(d) ?? Number.NaN, fill, r: 2 });
const bars = <T extends { at: number }>(data: readonly T[], y: (d: T) => number, width: number, fill: string) =>
  Plot.rectY(data, {
    x1: (d: T) => new Date(d.at),
    x2: (d: T) => new Date(d.at + width),
    y1: 0,
    y2: y,
    fill,
    insetLeft: 0.3,
    insetRight: 0.3,
  });

/** Load, latency, queue and processor by minute. */
export function LoadCharts({ minutes }: Pick<Operation, 'minutes'>): ReactNode {
  const charts = useMemo(() => {
    const most = (of: (minute: Operation['minutes'][number]) => number): number =>
      minutes.reduce((a, minute) => Math.max(a, of(minute)), 1);
    const x = along(minutes, MINUTE);
    return {
      load: chart(x, { label: 'requests per minute' }, [
        bars(minutes, (d) => d.requests, MINUTE, SECOND),
        bars(minutes, (d) => d.failed + d.refused, MINUTE, ACCENT),
      ]),
      latency: chart(x, { label: 'milliseconds' }, [
        line(minutes, (d) => d.p95Ms, ACCENT),
        line(minutes, (d) => d.p50Ms, SECOND),
        dots(minutes, (d) => d.p95Ms, ACCENT),
        dots(minutes, (d) => d.p50Ms, SECOND),
      ]),
      queue: chart(x, { label: 'requests', domain: [0, most((d) => d.waiting)] }, [
        bars(minutes, (d) => d.waiting, MINUTE, SECOND),
      ]),
      processor: chart(x, { label: 'cores', domain: [0, most((d) => d.processor ?? 0)] }, [
        line(minutes, (d) => d.processor, SECOND),
        dots(minutes, (d) => d.processor, SECOND),
      ]),
    };
  }, [minutes]);
  return (
    <div className="chart-grid">
      <PlotFigure title="Load" note={<Key accent="failed or refused" second="requests" />} options={charts.load} />
      <PlotFigure
        title="Latency"
        note={<Key accent="95% were faster" second="half were faster" />}
        options={charts.latency}
      />
      <PlotFigure title="Queue" note="Longest queue in each minute" options={charts.queue} />
      <PlotFigure title="Processor" note="Cores in use" options={charts.processor} />
    </div>
  );
}

/** Drift by hour. */
export function DriftCharts({ hours }: Pick<Operation['drift'], 'hours'>): ReactNode {
  const charts = useMemo(() => {
    const x = along(hours, HOUR);
    return {
      different: chart(x, { label: 'different per 100', domain: [0, 100] }, [
        line(hours, (d) => d.differentArtists, ACCENT),
        line(hours, (d) => d.differentSongs, SECOND),
        dots(hours, (d) => d.differentArtists, ACCENT),
        dots(hours, (d) => d.differentSongs, SECOND),
      ]),
      // Without a domain Plot has no scale for hours that say nothing.
      held: chart(x, { label: 'playlists', ...(hours.every((d) => d.heldBy === null) && { domain: [0, 1] }) }, [
        line(hours, (d) => d.heldBy, SECOND),
        dots(hours, (d) => d.heldBy, SECOND),
      ]),
      lists: chart(x, { label: 'lists per hour' }, [bars(hours, (d) => d.lists, HOUR, SECOND)]),
    };
  }, [hours]);
  return (
    <div className="chart-grid">
      <PlotFigure title="Variety" note={<Key accent="artists" second="songs" />} options={charts.different} />
      <PlotFigure title="Popularity" note="Median number of playlists with the song" options={charts.held} />
      <PlotFigure title="Lists counted" note="Up to 300 songs per minute" options={charts.lists} />
    </div>
  );
}

function Key(props: { accent: string; second: string }): ReactNode {
  return (
    <span className="chart-key">
      <span className="second">{props.second}</span> <span className="accent">{props.accent}</span>
    </span>
  );
}
