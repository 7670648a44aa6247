import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type Connection, elsewhere, type Weekly } from '../api/connections.ts';
import { people } from '../api/listeners.ts';
import { Sheet } from '../ui/sheet.tsx';
import { clean, count } from '../ui/text.ts';

/** Chooses which lists are written to a service every week, or switches this off. */
export function WeeklySheet(props: {
  listener: string;
  connection: Connection;
  chosen: Weekly | null;
  onClose: () => void;
  onChange: (after: Weekly | null) => void;
}): ReactNode {
  const { listener, connection, chosen } = props;
  const { id, title } = connection;
  const [mixes, setMixes] = useState(chosen?.mixes ?? true);
  const [lists, setLists] = useState<readonly string[]>(chosen?.lists ?? []);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useId();
  const saved = useQuery({ queryKey: ['mine', listener, 'lists', ''], queryFn: () => people.lists(listener, {}) });
  // Leaves out lists that came from this service.
  const offered = saved.data?.items.filter((list) => !list.id.startsWith(`${id}:`)) ?? [];
  const act = async (work: () => Promise<{ weekly: Weekly | null }>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      props.onChange((await work()).weekly);
      props.onClose();
    } catch (error) {
      setRefusal(wordsOf(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const known = offered.map((list) => list.id);
    void act(() => elsewhere.chooseWeekly(id, { mixes, lists: lists.filter((list) => known.includes(list)) }));
  };
  const toggle = (list: string, on: boolean): void =>
    setLists((before) => (on ? [...before, list] : before.filter((other) => other !== list)));
  return (
    <Sheet
      title={`Send to ${title} every week`}
      onClose={props.onClose}
      foot={
        <>
          {chosen && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void act(() => elsewhere.endWeekly(id))}
            >
              Turn off
            </button>
          )}
          <button
            type="submit"
            form={form}
            className="button primary"
            disabled={busy || !saved.data || (!mixes && lists.length === 0)}
          >
            Send now and every Monday
          </button>
        </>
      }
    >
      <form id={form} className="sign-in" onSubmit={submit}>
        <fieldset className="targets">
          <legend className="label">Made for me</legend>
          <label className="check">
            <input type="checkbox" checked={mixes} onChange={(event) => setMixes(event.target.checked)} />
            <span>
              My weekly mixes
              <small className="hint">Only songs that {title} has, one playlist per mix</small>
            </span>
          </label>
        </fieldset>
        {offered.length > 0 && (
          <fieldset className="targets">
            <legend className="label">Saved lists</legend>
            {offered.map((list) => (
              <label key={list.id} className="check">
                <input
                  type="checkbox"
                  checked={lists.includes(list.id)}
                  onChange={(event) => toggle(list.id, event.target.checked)}
                />
                <span>
                  <bdi dir="auto">{clean(list.name, 80)}</bdi>
                  <small className="hint">{count(list.length, 'song')}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {refusal && <p role="alert">{refusal}</p>}
        <p className="muted">
          Each list replaces last week’s playlist. If Segue isn’t running on Monday, the lists go out the next time it
          starts.
        </p>
      </form>
    </Sheet>
  );
}
