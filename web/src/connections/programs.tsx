import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { elsewhere } from '../api/connections.ts';
import type { Listener } from '../api/listeners.ts';
import { clean, dateOf } from '../ui/text.ts';
import { CopyText } from './copy-text.tsx';

const SUBSONIC = 'Subsonic clients';

const PROGRAMS = [
  [
    'Scrobblers',
    'Navidrome, Jellyfin, Maloja and other programs that scrobble to ListenBrainz can report plays to Segue.',
    (origin: string) => `${origin}/1/`,
  ],
  [
    'Navidrome plugin',
    'Segue provides instant mix, radio and similar songs on your server.',
    (origin: string) => origin,
  ],
  [
    SUBSONIC,
    'Gives any OpenSubsonic client similar songs. Use an access token as the password.',
    (origin: string) => `${origin}/rest/`,
  ],
] as const;

/** Programs that connect to Segue: the addresses they need, and their access tokens. */
export function Programs({ listener }: { listener: Listener }): ReactNode {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const busy = useRef(false);
  const [made, setMade] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => elsewhere.tokens(signal) });
  const own = tokens.data?.tokens.filter((token) => token.listener === listener.id) ?? [];
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    // A second press, before the first is answered, would make a second token.
    if (busy.current) return;
    busy.current = true;
    setRefusal(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['tokens'] });
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      busy.current = false;
    }
  };
  const create = (event: FormEvent): void => {
    event.preventDefault();
    void change(async () => {
      setMade((await elsewhere.createToken(listener.id, name.trim())).token);
      setName('');
    });
  };
  return (
    <section aria-labelledby="programs">
      <h2 id="programs">Programs that connect to Segue</h2>
      <ul className="accounts">
        {PROGRAMS.map(([title, what, address]) => (
          <li key={title} className="account">
            <h3>{title}</h3>
            <p className="muted">{what}</p>
            <CopyText text={address(window.location.origin)} what={`Address for ${title}`} />
            {title === SUBSONIC && (
              <>
                <p className="muted">User name:</p>
                <CopyText text={listener.id} what={`User name for ${title}`} />
              </>
            )}
          </li>
        ))}
      </ul>
      <form className="new-listener" onSubmit={create}>
        <label>
          <span className="label">New access token for</span>
          <input
            className="field"
            value={name}
            maxLength={100}
            placeholder="Navidrome on the NAS"
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={name.trim() === ''}>
          <KeyRound size={16} aria-hidden /> Create
        </button>
      </form>
      {refusal && <p role="alert">{refusal}</p>}
      {made && (
        <div role="status">
          <p>This token is shown once. Copy it now.</p>
          <CopyText text={made} what="Access token" />
        </div>
      )}
      {own.length > 0 && (
        <ul className="shelf">
          {own.map((token) => (
            <li key={token.id}>
              <div>
                <span className="song-text">{clean(token.name, 80)}</span>
                <span className="muted">Since {dateOf(token.createdAt)}</span>
              </div>
              <button
                type="button"
                className="button quiet"
                aria-label={`Revoke: ${clean(token.name, 60)}`}
                onClick={() => void change(() => elsewhere.revokeToken(token.id))}
              >
                Revoke
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
