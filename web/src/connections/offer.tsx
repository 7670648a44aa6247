import { useQueryClient } from '@tanstack/react-query';
import { ExternalLink, Plug } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { elsewhere, type Service } from '../api/connections.ts';
import type { Listener } from '../api/listeners.ts';
import { Sheet } from '../ui/sheet.tsx';
import { capital } from '../ui/text.ts';
import { CopyText } from './copy-text.tsx';
import { WaitForCode } from './wait-for-code.tsx';

/** Without a port: for loopback addresses, Spotify accepts any. */
const RETURN = 'http://127.0.0.1/api/connections/callback';

/** A service that can be connected. */
export function Offer(props: { listener: Listener; service: Service }): ReactNode {
  const { service } = props;
  const [open, setOpen] = useState(false);
  return (
    <li className="offer">
      <div>
        <h3>{service.title}</h3>
        <p className="muted">{service.description}</p>
      </div>
      <button type="button" className="button" aria-label={`Connect ${service.title}`} onClick={() => setOpen(true)}>
        <Plug size={16} aria-hidden /> Connect
      </button>
      {open && <SignIn {...props} onClose={() => setOpen(false)} />}
    </li>
  );
}

const label = (name: string): string =>
  capital(name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)).replace(/ id$/, ' ID');

function SignIn(props: { listener: Listener; service: Service; onClose: () => void }): ReactNode {
  const { listener, service } = props;
  const client = useQueryClient();
  const id = useId();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [waiting, setWaiting] = useState<{ id: string; code: string } | null>(null);
  const [byCode, setByCode] = useState(false);
  const way = byCode ? service.byCode : null;
  const done = async (connection: string): Promise<void> => {
    await elsewhere.sync(connection).catch(() => {});
    await client.invalidateQueries({ queryKey: ['connections'] });
    props.onClose();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    const settings = Object.fromEntries(
      Object.entries(given)
        .map(([name, value]) => [name, value.trim()])
        .filter(([name, value]) => value !== '' && !way?.spares.includes(name!)),
    ) as Record<string, string>;
    try {
      if (service.page) {
        const { address } = await elsewhere.beginSignIn(service.id, listener.id, settings);
        window.location.assign(address);
        return;
      }
      if (way) {
        setWaiting(await elsewhere.beginByCode(service.id, listener.id, settings));
        return;
      }
      await done((await elsewhere.connect(service.id, listener.id, settings)).id);
    } catch (error) {
      setRefusal(wordsOf(error));
      setBusy(false);
    }
  };
  const fields = service.settings.filter(({ name }) => !way?.spares.includes(name));
  return (
    <Sheet title={`Connect ${service.title}`} onClose={props.onClose}>
      <form className="sign-in" onSubmit={(event) => void submit(event)}>
        {service.id === 'spotify' && (
          <>
            <p>
              Segue reads your account through a Spotify app of your own. Create one at developer.spotify.com (you need
              Premium) and give it this redirect URI:
            </p>
            <CopyText text={RETURN} what="Redirect URI" />
            <p>Then enter its client ID here. You sign in on Spotify’s page; Segue never sees your password.</p>
          </>
        )}
        {fields.map(({ name, description, secret, required }) => (
          <div key={name}>
            <label className="label" htmlFor={`${id}-${name}`}>
              {label(name)}
            </label>
            <input
              id={`${id}-${name}`}
              aria-describedby={`${id}-${name}-hint`}
              className="field"
              type={secret ? 'password' : 'text'}
              required={required}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={4000}
              value={given[name] ?? ''}
              onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
            />
            <small id={`${id}-${name}-hint`} className="hint">
              {capital(description)}
            </small>
          </div>
        ))}
        {refusal && <p role="alert">{refusal}</p>}
        {waiting && way && (
          <WaitForCode
            {...waiting}
            title={service.title}
            way={way.title}
            onConnected={(connection) => void done(connection)}
            onRefused={(why) => {
              setRefusal(why);
              setWaiting(null);
              setBusy(false);
            }}
          />
        )}
        <button type="submit" className="button primary" disabled={busy}>
          {service.page ? (
            <>
              Sign in to {service.title} <ExternalLink size={16} aria-hidden />
            </>
          ) : way ? (
            'Get a code'
          ) : (
            'Connect'
          )}
        </button>
        {service.byCode && !busy && (
          <button type="button" className="button" onClick={() => setByCode(!byCode)}>
            {byCode ? 'Use a user name and password' : `Use ${service.byCode.title}`}
          </button>
        )}
        <p className="muted">Your sign-in is stored on this machine only, encrypted.</p>
      </form>
    </Sheet>
  );
}
