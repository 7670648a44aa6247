import type { ReactNode } from 'react';
import { Sheet } from '../ui/sheet.tsx';

const KEYS: readonly [keys: string[], meaning: string][] = [
  [['/'], 'Search'],
  [['1', '…', '6'], 'Discover, Map, Data, Lab, For you, My music'],
  [['↑', '↓'], 'Move through the list (also J, K)'],
  [['P'], 'Play'],
  [['M'], 'Add to your songs'],
  [['X'], 'Not this song'],
  [['A'], 'Never this artist'],
  [['E'], 'Why is it here?'],
  [['D'], 'Dials'],
  [['Ctrl', 'Z'], 'Undo (also U)'],
  [['Ctrl', '⇧', 'Z'], 'Redo (also R)'],
  [['T'], 'Theme: system, light, dark'],
  [['Esc'], 'Close or cancel'],
  [['?'], 'Show these shortcuts'],
];

/** The keyboard shortcuts. */
export default function Shortcuts(props: { onClose: () => void }): ReactNode {
  return (
    <Sheet title="Keyboard shortcuts" onClose={props.onClose}>
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
