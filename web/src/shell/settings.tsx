import { useQuery } from '@tanstack/react-query';
import { Gauge, PlugZap, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { people } from '../api/listeners.ts';
import { allow, useAllowed } from '../player/consent.ts';
import { SOURCES } from '../player/sources.ts';
import type { View } from '../state/location.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { Theme } from './theme.ts';

const THEMES: readonly [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Views for which the navigation has no room, at all or in narrow windows. */
const PLACES: readonly { view: View; label: string; text: string; icon: typeof PlugZap; administrators?: true }[] = [
  {
    view: 'connections',
    label: 'Connections',
    text: 'Spotify, music servers, other programs, and every host Segue has contacted.',
    icon: PlugZap,
  },
  { view: 'live', label: 'Live', text: 'Events as they arrive, and what they change.', icon: Radio },
  {
    view: 'operate',
    label: 'Operations',
    text: 'For administrators: load, latency, the queue, jobs, and drift in recommendations.',
    icon: Gauge,
    administrators: true,
  },
];

/** The choices that this browser remembers. */
export default function Settings(props: {
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onClose: () => void;
  onView: (view: View) => void;
}): ReactNode {
  const allowed = useAllowed();
  const { data } = useQuery({ queryKey: ['listeners'], queryFn: ({ signal }) => people.all(signal) });
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
        {PLACES.filter(({ administrators }) => !administrators || data?.administrator).map(
          ({ view, label, text, icon: Icon }) => (
            <div key={view} className="settings-part">
              <p className="label">{label}</p>
              <p className="muted">{text}</p>
              <button
                type="button"
                className="button"
                onClick={() => {
                  props.onClose();
                  props.onView(view);
                }}
              >
                <Icon size={16} aria-hidden /> {label}
              </button>
            </div>
          ),
        )}
      </div>
    </Sheet>
  );
}
