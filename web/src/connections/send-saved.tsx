import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { people } from '../api/listeners.ts';
import { clean } from '../ui/text.ts';
import { SendSheet } from './send-to.tsx';

/** Sends a saved list; its songs are loaded when the button is pressed. */
export function SendSaved(props: { listener: string; id: string; name: string }): ReactNode {
  const { listener, id, name } = props;
  const [songs, setSongs] = useState<{ uri: string }[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = async (): Promise<void> => {
    setRefusal(null);
    try {
      const { latest } = await people.list(listener, id);
      setSongs(latest.songs.map(({ song }) => ({ uri: song })));
    } catch (error) {
      setRefusal(wordsOf(error));
    }
  };
  return (
    <>
      {refusal && <span role="alert">{refusal}</span>}
      <button
        type="button"
        className="button quiet"
        aria-label={`Send: ${clean(name, 60)}`}
        onClick={() => void read()}
      >
        Send to…
      </button>
      {songs && <SendSheet songs={songs} name={name} listKey={`saved:${id}`} onClose={() => setSongs(null)} />}
    </>
  );
}
