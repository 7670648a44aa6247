import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Connection, elsewhere, type Weekly } from '../api/connections.ts';
import { count } from '../ui/text.ts';
import { day, until } from './times.ts';
import { WeeklySheet } from './weekly-sheet.tsx';

/** Polling interval while lists are being written, in milliseconds. */
const ASK_MS = 1500;

/** Shows what is written to a service every week, with a button to change it. */
export function WeeklyLists(props: { listener: string; connection: Connection }): ReactNode {
  const { id, title } = props.connection;
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const state = useQuery({
    queryKey: ['weekly', id],
    queryFn: ({ signal }) => elsewhere.weekly(id, signal),
    refetchInterval: ({ state: { data } }) =>
      data?.weekly && data.weekly.state !== 'waiting' && data.weekly.retryAt === null ? ASK_MS : false,
  });
  if (!state.data) return null;
  const { weekly } = state.data;
  return (
    <div className="weekly">
      {weekly && <State title={title} weekly={weekly} />}
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <CalendarClock size={16} aria-hidden /> {weekly ? 'Change weekly lists' : 'Send lists every week'}
      </button>
      {open && (
        <WeeklySheet
          listener={props.listener}
          connection={props.connection}
          chosen={weekly}
          onClose={() => setOpen(false)}
          onChange={(after) => client.setQueryData(['weekly', id], { weekly: after })}
        />
      )}
    </div>
  );
}

function State({ title, weekly }: { title: string; weekly: Weekly }): ReactNode {
  const { state, next, problem, retryAt, written } = weekly;
  const done = written.filter((list) => list.written !== null);
  const missing = done.reduce((sum, list) => sum + (list.missing ?? 0), 0);
  return (
    <>
      <p role="status">
        {next !== null
          ? `${count(done.length, 'list')} sent to ${title} this week. Next: ${day(next)}.`
          : state === 'writing' || retryAt === null
            ? `Sending this week’s lists${written.length > 0 ? `: ${done.length} of ${written.length}` : ''}`
            : `Some of this week’s lists aren’t on ${title} yet. Trying again ${until(retryAt)}.`}
        {next !== null && done.length === 0 && weekly.mixes && ' A mix needs more favourites.'}
        {next !== null && missing > 0 && ` ${count(missing, 'song')} couldn’t be sent.`}
      </p>
      {problem && next === null && (
        <p role="alert" className="trouble">
          {problem}
        </p>
      )}
    </>
  );
}
