import { useQueryClient } from '@tanstack/react-query';
import { UserPlus, UserRoundCog } from 'lucide-react';
import { type FormEvent, lazy, type ReactNode, Suspense, useState } from 'react';
import { type Listener, people } from '../api/listeners.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import './people.css';
import { wordsOf } from '../api/client.ts';
import { chooseListener, useListener } from './use-listener.ts';

const ListenerSettings = lazy(() => import('./listener-settings.tsx'));

/** Asks for a name and adds the person. @param props.asks label of the name's field */
export function NewListener(props: { asks: string; label: string; onAdded?: () => void }): ReactNode {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const { id } = await people.add(name);
      chooseListener(id);
      await client.invalidateQueries({ queryKey: ['listeners'] });
      props.onAdded?.();
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="new-listener" onSubmit={(event) => void submit(event)}>
      <label>
        <span className="label">{props.asks}</span>
        <input
          className="field"
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={name.trim() === ''}>
        {busy ? 'Adding…' : props.label}
      </button>
      {refusal && <p role="alert">{refusal}</p>}
    </form>
  );
}

/** Who’s listening: switches between people, adds somebody, and opens this person's settings. */
export function ListenerBar(props: { listener: Listener }): ReactNode {
  const { everybody } = useListener();
  const [adding, setAdding] = useState(false);
  const [settings, setSettings] = useState(false);
  return (
    <div className="listener-bar">
      <select
        aria-label="Who’s listening"
        value={props.listener.id}
        onChange={(event) => chooseListener(event.target.value)}
      >
        {everybody.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <IconButton icon={UserPlus} label="Add a person" onClick={() => setAdding(true)} />
      <IconButton icon={UserRoundCog} label="Your data and settings" onClick={() => setSettings(true)} />
      {adding && (
        <Sheet title="Add a person" onClose={() => setAdding(false)}>
          <NewListener asks="Their name" label="Add" onAdded={() => setAdding(false)} />
        </Sheet>
      )}
      <Suspense>
        {settings && <ListenerSettings listener={props.listener} onClose={() => setSettings(false)} />}
      </Suspense>
    </div>
  );
}
