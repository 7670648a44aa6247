import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Listening, people } from '../api/listeners.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { clean, count, genreName, names } from '../ui/text.ts';
import { EmptyUntilBrought } from './empty-until-brought.tsx';

const HOUR_MS = 3_600_000;
const SIZE = 240;

/** Statistics of a history: years, hours, artists, genres, discoveries, and shifts in taste. */
export function ListeningView({ listener, onBring }: { listener: string; onBring: () => void }): ReactNode {
  const asked = useQuery({
    queryKey: ['mine', listener, 'listening'],
    queryFn: ({ signal }) => people.listening(listener, signal),
  });
  if (asked.error)
    return <Failure error={asked.error} what="Your listening couldn’t load" onRetry={() => void asked.refetch()} />;
  const report = asked.data;
  if (!report) return <Loading shape="list-skeleton" />;
  if (report.plays === 0)
    return <EmptyUntilBrought text="Nothing played yet. Bring your music, or play something here." onBring={onBring} />;
  return (
    <>
      <p>
        {count(report.plays, 'play')} of {count(report.songs, 'song')}
        {report.listenedMs >= HOUR_MS && `, ${count(Math.round(report.listenedMs / HOUR_MS), 'hour')}`}. Computed on
        this machine, for you alone.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label="By year">
        <table>
          <thead>
            <tr>
              <th scope="col">Year</th>
              <th scope="col">Plays</th>
              <th scope="col">New songs</th>
              <th scope="col">New artists</th>
              <th scope="col">Most played</th>
              <th scope="col">Genres</th>
            </tr>
          </thead>
          <tbody>
            {report.years.map((year) => (
              <tr key={year.year}>
                <th scope="row">{year.year}</th>
                <td>{year.plays.toLocaleString('en')}</td>
                <td>{year.newSongs.toLocaleString('en')}</td>
                <td>{year.newArtists.toLocaleString('en')}</td>
                <td>
                  <bdi dir="auto">{names(year.artists.map(({ name }) => name))}</bdi>
                </td>
                <td>{year.genres.map(({ name }) => genreName(name)).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <h3>By hour</h3>
      <Hours hours={report.hours} />
      <h3>How your taste moved</h3>
      <Drift years={report.years} />
      <h3>Most played</h3>
      <ol>
        {report.topSongs.map(({ song, name, artists, plays }) => (
          <li key={song}>
            <bdi dir="auto">{clean(name)}</bdi> · <bdi dir="auto">{names(artists)}</bdi>{' '}
            <span className="muted">{count(plays, 'play')}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Hours({ hours }: { hours: readonly number[] }): ReactNode {
  const most = Math.max(1, ...hours);
  const bars = hours.map((plays, hour) => ({ plays, hour }));
  const loudest = hours.indexOf(most);
  return (
    <svg
      viewBox="0 0 240 70"
      width="100%"
      style={{ maxWidth: 480 }}
      role="img"
      aria-label={`Plays by hour; most at ${loudest}:00`}
    >
      {bars.map(({ plays, hour }) => (
        <rect
          key={hour}
          x={hour * 10 + 1}
          y={58 - (54 * plays) / most}
          width={8}
          height={(54 * plays) / most}
          fill="currentColor"
          opacity={0.7}
        >
          <title>{`${hour}:00 – ${count(plays, 'play')}`}</title>
        </rect>
      ))}
      {[0, 6, 12, 18].map((hour) => (
        <text key={hour} x={hour * 10 + 1} y={68} fontSize={8} fill="currentColor">
          {hour}
        </text>
      ))}
    </svg>
  );
}

/** The mean position of each year's plays on the taste map, in order of the years. */
function Drift({ years }: { years: Listening['years'] }): ReactNode {
  const points = years.flatMap(({ year, taste }) => (taste ? [{ year, ...taste }] : []));
  if (points.length < 2) return <p className="muted">This needs plays from at least two different years.</p>;
  const range = (of: 'x' | 'y'): ((value: number) => number) => {
    const values = points.map((point) => point[of]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => 24 + ((SIZE - 48) * (value - low)) / (high - low || 1);
  };
  const [x, y] = [range('x'), range('y')];
  // A label to the right of these points would not fit.
  const rightmost = (point: { x: number }): boolean => x(point.x) > SIZE - 40;
  const path = points.map((point) => `${x(point.x)},${y(point.y)}`).join(' ');
  return (
    <svg
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      width="100%"
      style={{ maxWidth: 360 }}
      role="img"
      aria-label={`Your taste from ${points[0]!.year} to ${points.at(-1)!.year} on the map`}
    >
      <polyline points={path} fill="none" stroke="currentColor" opacity={0.4} />
      {points.map((point) => (
        <g key={point.year}>
          <circle cx={x(point.x)} cy={y(point.y)} r={4} fill="currentColor" />
          <text
            x={x(point.x) + (rightmost(point) ? -6 : 6)}
            y={y(point.y) - 4}
            fontSize={9}
            textAnchor={rightmost(point) ? 'end' : 'start'}
            fill="currentColor"
          >
            {point.year}
          </text>
        </g>
      ))}
    </svg>
  );
}
