import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

/**
 * A button with a list of commands: arrow keys move, Escape closes and returns the focus. The list is a popover in the browser's top layer, where it
 * is never clipped, on the side of the button with room for it.
 */
export function Menu(props: { label: string; className: string; button: ReactNode; children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const [button, menu] = [trigger.current, list.current];
    if (!open || !button || !menu) return;
    menu.showPopover();
    let stop = (): void => {};
    let gone = false;
    // The placing code is loaded with the first menu, so that the list of songs need not wait for it.
    void import('./place-menu.ts').then(({ placeMenu }) => {
      if (!gone) stop = placeMenu(button, menu);
    });
    const outside = (event: Event): void => {
      if (!button.contains(event.target as Node) && !menu.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus({ preventScroll: true });
    return () => {
      gone = true;
      stop();
      document.removeEventListener('pointerdown', outside);
    };
  }, [open]);

  const close = (): void => {
    setOpen(false);
    trigger.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else {
      // Letters are shortcuts of the list behind the menu and must not reach it.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="menu">
      <button
        ref={trigger}
        type="button"
        className={props.className}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div
          ref={list}
          id={id}
          popover="manual"
          role="menu"
          tabIndex={-1}
          aria-label={props.label}
          className="menu-list"
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if ((event.target as HTMLElement).closest('[role=menuitem]')) close();
          }}
        >
          {props.children}
        </div>
      )}
    </div>
  );
}

/** One command of a menu. */
export function MenuItem(props: { icon: ReactNode; label: string; onClick: () => void }): ReactNode {
  return (
    <button type="button" role="menuitem" tabIndex={-1} onClick={props.onClick}>
      {props.icon}
      <span className="song-text">{props.label}</span>
    </button>
  );
}
