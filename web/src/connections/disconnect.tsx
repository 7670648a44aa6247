import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type Connection, elsewhere } from '../api/connections.ts';
import type { Listener } from '../api/listeners.ts';
import { Sheet } from '../ui/sheet.tsx';
import { clean } from '../ui/text.ts';

/** Ends a connection and, if wanted, deletes what was read through it. */
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
      for (const queryKey of [['connections'], ['hosts'], ['mine', props.listener.id], ['listener', props.listener.id]])
        void client.invalidateQueries({ queryKey });
    } catch (error) {
      setRefusal(wordsOf(error));
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
          Segue forgets the sign-in for {clean(account, 60)} and stops contacting it. Playlists already sent there stay.
        </p>
        <p>
          {queryOnly
            ? `${title} doesn’t allow its data to be kept, so everything read from it is deleted from this machine. Exports you imported yourself stay.`
            : 'Likes, lists and songs already read from it stay unless you delete them too.'}
        </p>
        {refusal && <p role="alert">{refusal}</p>}
      </div>
    </Sheet>
  );
}
