import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type Listener, people } from '../api/listeners.ts';
import { Sheet } from '../ui/sheet.tsx';

/** A person's decisions about their data: consent, a copy of everything, and deletion. */
export default function ListenerSettings(props: { listener: Listener; onClose: () => void }): ReactNode {
  const { id, name } = props.listener;
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const detail = useQuery({ queryKey: ['listener', id], queryFn: ({ signal }) => people.get(id, signal) });
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setRefusal(null);
    setBusy(true);
    try {
      await work();
      return true;
    } catch (error) {
      setRefusal(wordsOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const set = (change: { consent?: boolean; rememberShown?: boolean }): void =>
    void attempt(async () => {
      await people.set(id, change);
      await detail.refetch();
    });
  const erase = async (): Promise<void> => {
    if (!(await attempt(() => people.erase(id)))) return;
    props.onClose();
    client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(id) });
    await client.invalidateQueries({ queryKey: ['listeners'] });
  };
  const settings = detail.data?.settings;
  return (
    <Sheet title={`${name}: data and settings`} onClose={props.onClose}>
      <div className="settings">
        <fieldset disabled={!settings || busy}>
          <legend className="label">Privacy</legend>
          <label className="check">
            <input
              type="checkbox"
              checked={settings?.consent ?? false}
              onChange={(event) => set({ consent: event.target.checked })}
            />
            <span>
              Let the models learn from my plays
              <small className="hint">
                They join the household’s data without your name. You can take them back at any time.
              </small>
            </span>
          </label>
          <label className="check">
            <input
              type="checkbox"
              checked={settings?.rememberShown ?? false}
              onChange={(event) => set({ rememberShown: event.target.checked })}
            />
            <span>
              Remember the lists I was shown
              <small className="hint">Kept on this machine, to tell which model suits you best.</small>
            </span>
          </label>
        </fieldset>
        <div className="settings-part">
          <p className="label">Your copy</p>
          <p className="muted">Everything Segue keeps about you, as one zip file in open formats.</p>
          <a className="button" href={people.exportAddress(id)} download="segue-export.zip">
            <Download size={16} aria-hidden /> Export everything
          </a>
        </div>
        <div className="settings-part">
          <p className="label">Delete everything</p>
          <label className="muted">
            <span>
              This can’t be undone. Type <strong>{name}</strong> to confirm.
            </span>
            <input
              className="field"
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <button
            type="button"
            className="button"
            disabled={typed.trim() !== name || busy}
            onClick={() => void erase()}
          >
            Delete everything
          </button>
        </div>
        {refusal && <p role="alert">{refusal}</p>}
      </div>
    </Sheet>
  );
}
