import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { ApiError, api } from '../api/client.ts';
import { Figures } from '../ui/figures.tsx';
import { Failure, Notice } from '../ui/notice.tsx';
import { bytes, clean, count } from '../ui/text.ts';
import { DriftCharts, LoadCharts } from './charts.tsx';
import { byTopic, figure, LATELY, lately, milliseconds } from './lately.ts';
import './operate.css';
import { Loading } from '../ui/loading.tsx';
import { type Operation, useOperation } from './use-operation.ts';

const SHOWN_JOBS = 5;

/** The server's health, for administrators. */
export default function Operate(): ReactNode {
  const { data, error, refetch } = useOperation();
  return (
    <div className="operate">
      <header>
        <h1>Operations</h1>
        <p className="muted">This server over the last three hours. A restart clears these figures.</p>
      </header>
      {error instanceof ApiError && error.code === 'NOT_ALLOWED' ? (
        <Notice title="For administrators">
          Sign in as an administrator to see how this server is doing, or ask one.
        </Notice>
      ) : error ? (
        <Failure error={error} what="The figures couldn’t load" onRetry={() => void refetch()} />
      ) : data ? (
        <Parts operation={data} />
      ) : (
        <Loading shape="operate-skeleton" />
      )}
    </div>
  );
}

function Parts({ operation }: { operation: Operation }): ReactNode {
  const { minutes, steps, drift } = operation;
  const asked = minutes.some(({ requests }) => requests > 0);
  return (
    <>
      <Part title="Now">
        <Now operation={operation} />
      </Part>
      <Part title="By minute">
        {!asked && <p className="muted">No requests yet. They show up here within ten seconds.</p>}
        <LoadCharts minutes={minutes} />
      </Part>
      <Part title="Latency by step and model">
        {steps.length === 0 ? (
          <p className="muted">No lists were made in the last hour.</p>
        ) : (
          <StepTable steps={steps} />
        )}
      </Part>
      <Part title="Drift in recommendations">
        {drift.hours.length === 0 ? (
          <p className="muted">Nothing has been recommended since the server started.</p>
        ) : (
          <>
            <Compared drift={drift} />
            <DriftCharts hours={drift.hours} />
          </>
        )}
      </Part>
      <Part title="Jobs">
        <RecentJobs />
      </Part>
      <Part title="Stream">
        <Stream lags={operation.stream} />
      </Part>
    </>
  );
}

function Part(props: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Now({ operation: { minutes, queue, jobs } }: { operation: Operation }): ReactNode {
  const now = lately(minutes);
  const figures: [string, string][] = [
    [figure(now.perMinute), 'requests per minute'],
    [milliseconds(now.p95Ms), '95% answered within'],
    [figure(now.failed), 'failed'],
    [figure(now.refused), 'refused'],
    [`${queue.waiting} of ${queue.limit}`, 'queue slots in use'],
    [figure(now.processor), 'cores in use'],
    [now.memoryBytes === null ? '–' : bytes(now.memoryBytes), 'memory'],
    [figure(jobs.running), 'jobs running'],
  ];
  return (
    <>
      <p className="muted">Requests, latency and failures cover the last {count(LATELY, 'minute')}.</p>
      <Figures figures={figures} />
    </>
  );
}

function StepTable({ steps }: Pick<Operation, 'steps'>): ReactNode {
  return (
    // A keyboard has to reach what can be scrolled.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled without a mouse
    <section className="operate-scroll" aria-label="Latency by step and model, as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Model</th>
            <th scope="col">Count</th>
            <th scope="col">Half within</th>
            <th scope="col">95% within</th>
            <th scope="col">Longest</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, model, count: times, p50Ms, p95Ms, maxMs }) => (
            <tr key={`${step} ${model ?? ''}`}>
              <th scope="row">{step}</th>
              <td>{model ?? '–'}</td>
              <td>{figure(times)}</td>
              <td>{milliseconds(p50Ms)}</td>
              <td>{milliseconds(p95Ms)}</td>
              <td>{milliseconds(maxMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How far `segue stream`, a separate process, is behind. */
function Stream({ lags }: { lags: Operation['stream'] }): ReactNode {
  if (lags === null) return <p className="muted">The store that keeps the lag doesn’t answer.</p>;
  if (lags.length === 0)
    return (
      <p className="muted">
        <code>segue stream</code> has not run yet. While it does, its lag shows up here.
      </p>
    );
  return (
    <ul className="operate-jobs">
      {byTopic(lags).map(({ group, topic, partitions, lag, most, at }) => (
        <li key={`${group} ${topic}`}>
          <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString('en-GB')}</time>
          <span>
            {topic}: {count(lag, 'message')} waiting
            <span className="muted">
              {' '}
              in {count(partitions, 'partition')}, at most {figure(most)} in one; group {group}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const MEASURES: Record<Operation['drift']['compared'][number]['measure'], string> = {
  differentSongs: 'Different songs per 100 recommended',
  differentArtists: 'Different artists per 100 recommended',
  heldBy: 'Playlists with a recommended song, median',
};

function Compared({ drift }: Pick<Operation, 'drift'>): ReactNode {
  return (
    <>
      <p className="muted">
        The latest hour compared with earlier hours, up to a week back. An hour counts once 100 songs were recommended
        in it.
      </p>
      <ul className="operate-drift">
        {drift.compared.map(({ measure, now, usual, unusual }) => (
          <li key={measure} className={unusual ? 'unusual' : undefined}>
            <span>{MEASURES[measure]}</span>
            <strong>{figure(now)}</strong>
            <span className="muted">
              {usual === null
                ? 'The usual range appears after three such hours.'
                : `${unusual ? 'Unusual: ' : ''}usually ${figure(usual.median)}, from ${figure(usual.least)} to ${figure(usual.most)}.`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function RecentJobs(): ReactNode {
  const { data } = useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => api.jobs(signal) });
  if (!data) return null;
  if (data.jobs.length === 0) return <p className="muted">No jobs have run since the server started.</p>;
  return (
    <ul className="operate-jobs">
      {data.jobs.slice(0, SHOWN_JOBS).map(({ id, kind, state, startedAt, error, fraction }) => (
        <li key={id}>
          <time dateTime={startedAt}>{new Date(startedAt).toLocaleTimeString('en-GB')}</time>
          <span>
            {kind}: {state === 'running' ? `${Math.round(fraction * 100)}%` : state}
            {error && <span className="muted"> {clean(error)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
