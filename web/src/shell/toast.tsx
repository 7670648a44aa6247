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
  // While the pointer or the focus is on it, it stays.
  const [held, setHeld] = useState(false);

  useEffect(() => {
    setHeld(false);
    if (!SAID.test(announcement)) {
      setShown(null);
      return;
    }
    setShown(history.present);
  }, [announcement, history.present]);
  useEffect(() => {
    if (!shown || held) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown, held]);

  const undone = announcement.startsWith('Undid');
  return (
    <div aria-live="polite">
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: nothing happens but that it stays.
        <div
          className="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
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
