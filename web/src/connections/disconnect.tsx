import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Connection, elsewhere } from '../api/connections.ts';
import type { Listener } from '../api/listeners.ts';
import { Sheet } from '../ui/sheet.tsx';
import { clean } from '../ui/text.ts';

/** The end of a connection, with or without what was read through it. */
export function Disconnect(props: { listener: Listener; connection: Connection; onClose: () => void }): ReactNode {
  const { id, title, account, queryOnly } = props.connection;
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const end = async (data: boolean): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      await elsewhere.disconnect(id, data);
      props.onClose();
      for (const queryKey of [['connections'], ['mine', props.listener.id], ['listener', props.listener.id]])
        void client.invalidateQueries({ queryKey });
    } catch (error) {
      setRefusal((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={`Disconnect ${title}`}
      onClose={props.onClose}
      foot={
        <>
          {!queryOnly && (
            <button type="button" className="button" disabled={busy} onClick={() => void end(false)}>
              Disconnect
            </button>
          )}
          <button type="button" className="button primary" disabled={busy} onClick={() => void end(true)}>
            Disconnect and delete
          </button>
        </>
      }
    >
      <div className="settings-part">
        <p>
          Segue forgets the sign-in of {clean(account, 60)} and makes no more requests to it. Playlists that were
          written there stay there.
        </p>
        <p>
          {queryOnly
            ? `${title} does not allow what it said to be kept, so everything that was read is deleted from this machine. Exports that you brought yourself stay.`
            : 'Likes, lists and songs that were read stay yours, unless you delete them as well.'}
        </p>
        {refusal && <p role="alert">{refusal}</p>}
      </div>
    </Sheet>
  );
}
