import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

/** A modal dialog: the browser's own, with its focus trap, Escape and backdrop. */
export function Sheet(props: { title: string; onClose: () => void; children: ReactNode; foot?: ReactNode }): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // The cleanup of a layout effect runs before the dialog is removed; only then does closing return the focus to what opened it.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; a click on the backdrop is the same.
    <dialog
      ref={ref}
      className="sheet"
      aria-labelledby={id}
      onCancel={props.onClose}
      onClick={(event) => {
        if (event.target === ref.current) props.onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id}>{props.title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={props.onClose}>
          <X size={18} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="sheet-body" tabIndex={0} aria-labelledby={id}>
        {props.children}
      </section>
      {props.foot && <div className="sheet-foot">{props.foot}</div>}
    </dialog>
  );
}
