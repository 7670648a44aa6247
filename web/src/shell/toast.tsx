import { type ReactNode, useEffect, useState } from 'react';
import { clean } from '../ui/text.ts';
import { useSession, useSnapshot } from './session-context.ts';

const SHOWN_MS = 6_000;
/** Steps that remove something are announced with a way to undo them; changes of a dial are visible anyway. */
const SAID = /^(Removed|Not|Never|Undid|Redid|Added|Reset|Moved|Put|Opened)/;

export function Toast(): ReactNode {
  const session = useSession();
  const { announcement, history } = useSnapshot();
  const [shown, setShown] = useState<typeof history.present | null>(null);

  useEffect(() => {
    if (!SAID.test(announcement)) {
      setShown(null);
      return;
    }
    setShown(history.present);
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [announcement, history.present]);

  const undone = announcement.startsWith('Undid');
  return (
    <div aria-live="polite">
      {shown && (
        <div className="toast">
          <span className="song-text" dir="auto">
            {clean(announcement, 90)}
          </span>
          <button type="button" onClick={() => (undone ? session.redo() : session.undo())}>
            {undone ? 'Redo' : 'Undo'}
          </button>
        </div>
      )}
    </div>
  );
}
