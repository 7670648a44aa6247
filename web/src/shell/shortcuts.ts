import { useEffect } from 'react';
import { VIEWS } from '../state/location.ts';
import type { Session } from '../state/session.ts';

/** Inputs that take no letters. */
const CHOICES: readonly string[] = ['range', 'checkbox', 'radio'];

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !CHOICES.includes(target.type)));

/** Shortcuts that work everywhere; those of the list are defined with the list. */
export function useShortcuts(session: Session, on: { help: () => void; theme: () => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || typing(event.target) || document.querySelector('dialog[open]'))
        return;
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key === 'z' && event.shiftKey) session.redo();
        else if (key === 'z') session.undo();
        else if (key === 'y') session.redo();
        else return;
      } else if (key === 'u') session.undo();
      else if (key === 'r') session.redo();
      else if (key === 't') on.theme();
      else if (event.key === '?') on.help();
      else if (/^[1-6]$/.test(key)) session.show(VIEWS[Number(key) - 1]!);
      else if (key === '/') {
        session.show('discover');
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=combobox]')?.focus());
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
