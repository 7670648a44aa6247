import { type ReactNode, useEffect } from 'react';
import { VIEWS } from '../state/location.ts';
import type { Session } from '../state/session.ts';
import { Sheet } from '../ui/sheet.tsx';

const KEYS: readonly [keys: string[], meaning: string][] = [
  [['/'], 'Search'],
  [['1', '2', '3', '4'], 'Discover, Map, Data, Lab'],
  [['↑', '↓'], 'Move in the list (also J, K)'],
  [['P'], 'Play the song'],
  [['M'], 'More like the song'],
  [['X'], 'Not this song'],
  [['A'], 'Never this artist'],
  [['E'], 'Why is it here? The evidence'],
  [['D'], 'Dials'],
  [['Ctrl', 'Z'], 'Undo (also U)'],
  [['Ctrl', '⇧', 'Z'], 'Redo (also R)'],
  [['T'], 'Light, dark, as the system'],
  [['Esc'], 'Close what is open'],
  [['?'], 'This sheet'],
];

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox'));

/** Keys that work everywhere; those of the list live with the list. */
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
      else if (/^[1-4]$/.test(key)) session.show(VIEWS[Number(key) - 1]!);
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

export function Shortcuts(props: { onClose: () => void }): ReactNode {
  return (
    <Sheet title="Keyboard" onClose={props.onClose}>
      <dl className="shortcuts">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>{meaning}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
