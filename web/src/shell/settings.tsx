import { PlugZap } from 'lucide-react';
import type { ReactNode } from 'react';
import { allow, useAllowed } from '../player/consent.ts';
import { SOURCES } from '../player/sources.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { Theme } from './theme.ts';

const THEMES: readonly [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** What this browser remembers of a person's choices. */
export default function Settings(props: {
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onClose: () => void;
  /** Shows the page of connections. */
  onConnections: () => void;
}): ReactNode {
  const allowed = useAllowed();
  return (
    <Sheet title="Settings" onClose={props.onClose}>
      <div className="settings">
        <fieldset>
          <legend className="label">Theme</legend>
          <div className="segments">
            {THEMES.map(([theme, label]) => (
              <label key={theme}>
                <input
                  type="radio"
                  name="theme"
                  checked={props.theme === theme}
                  onChange={() => props.onTheme(theme)}
                />
                <span>{label}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend className="label">Players</legend>
          <p className="muted">Nothing leaves this machine unless you turn it on here.</p>
          {SOURCES.filter((source) => source.contacts !== null).map((source) => (
            <label key={source.id} className="check">
              <input
                type="checkbox"
                checked={allowed.includes(source.id)}
                onChange={(event) => allow(source.id, event.target.checked)}
              />
              <span>
                Play through {source.title}
                <small className="hint">{source.consent}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="settings-part">
          <p className="label">Connections</p>
          <p className="muted">Spotify, music servers, other programs, and every host that was contacted.</p>
          <button
            type="button"
            className="button"
            onClick={() => {
              props.onClose();
              props.onConnections();
            }}
          >
            <PlugZap size={16} aria-hidden /> Connections
          </button>
        </div>
      </div>
    </Sheet>
  );
}
