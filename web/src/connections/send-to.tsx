import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Send } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { type Connection, elsewhere, type Sent } from '../api/connections.ts';
import { useListener } from '../people/use-listener.ts';
import { allow, useAllowed } from '../player/consent.ts';
import { SOURCES } from '../player/sources.ts';
import { useSession } from '../shell/session-context.ts';
import { Failure } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { clean, count } from '../ui/text.ts';
import { CopyButton } from './copy-text.tsx';
import './send-to.css';
import { wordsOf } from '../api/client.ts';
import { Loading } from '../ui/loading.tsx';

interface Song {
  readonly uri: string;
}

interface List {
  readonly songs: readonly Song[];
  readonly name: string;
  /** Identifies the list: sending it again with the same key replaces the playlist. */
  readonly listKey: string;
}

const can = (connection: Connection, what: string): boolean =>
  connection.abilities.some(({ id, able }) => id === what && able);

/** Sends a list to one of the accounts and servers that accept playlists. */
export function SendSheet(
  props: List & {
    /** Offers this connection only. */
    only?: string;
    onClose: () => void;
  },
): ReactNode {
  const { songs, listKey, only } = props;
  const session = useSession();
  const all = useQuery({ queryKey: ['connections'], queryFn: ({ signal }) => elsewhere.all(signal) });
  const { listener } = useListener();
  const mine = all.data?.connections.filter((c) => !listener || c.listener === listener.id) ?? [];
  const targets = mine.filter((c) => can(c, 'write') && (only === undefined || c.id === only));
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(clean(props.name, 100));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [sent, setSent] = useState<{ to: Connection; result: Sent } | null>(null);
  const target = targets.find(({ id }) => id === chosen) ?? targets[0];
  const holds = target !== undefined && can(target, 'songs');
  const uris = songs.map(({ uri }) => uri);
  const there = useQuery({
    queryKey: ['missing', target?.id, uris],
    queryFn: ({ signal }) => elsewhere.missing(target!.id, uris, signal),
    enabled: holds,
  });
  const sends = holds && there.data ? there.data.present : songs.length;
  const form = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!target) return;
    setBusy(true);
    setRefusal(null);
    try {
      const body = { key: listKey.slice(0, 200), name: name.trim(), songs: uris };
      setSent({ to: target, result: await elsewhere.send(target.id, body) });
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title="Send to…"
      onClose={props.onClose}
      foot={
        target &&
        !sent && (
          <button
            type="submit"
            form={form}
            className="button primary"
            disabled={busy || name.trim() === '' || sends === 0}
          >
            <Send size={16} aria-hidden /> {busy ? 'Sending…' : `Send ${count(sends, 'song')}`}
          </button>
        )
      }
    >
      {sent ? (
        <Done to={sent.to} result={sent.result} />
      ) : all.error ? (
        <Failure error={all.error} what="The connections couldn’t load" onRetry={() => void all.refetch()} />
      ) : !all.data ? (
        <Loading shape="list-skeleton" />
      ) : !target ? (
        <div className="sign-in">
          <p>To send playlists, first connect Spotify or a music server.</p>
          <button
            type="button"
            className="button primary"
            onClick={() => {
              props.onClose();
              session.show('connections');
            }}
          >
            Open Connections
          </button>
        </div>
      ) : (
        <form id={form} className="sign-in" onSubmit={(event) => void submit(event)}>
          <fieldset className="targets">
            <legend className="label">Send to</legend>
            {targets.map((c) => (
              <label key={c.id} className="check">
                <input type="radio" name="target" checked={c.id === target.id} onChange={() => setChosen(c.id)} />
                <span>
                  {c.title}
                  <small className="hint">{clean(c.account, 80)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <label>
            <span className="label">Playlist name</span>
            <input className="field" required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} />
          </label>
          {there.error && <p role="alert">{wordsOf(there.error)}</p>}
          {there.data && (
            <>
              <p>
                {target.title} has {there.data.present.toLocaleString('en')} of {count(uris.length, 'song')}.
              </p>
              <Absent title={target.title} missing={there.data.missing} />
            </>
          )}
          {refusal && <p role="alert">{refusal}</p>}
          <p className="muted">Sending this list again replaces the playlist.</p>
        </form>
      )}
    </Sheet>
  );
}

/** The songs that a server lacks. */
function Absent({
  title,
  missing,
}: {
  title: string;
  missing: readonly { title: string; artist: string }[];
}): ReactNode {
  if (missing.length === 0) return null;
  // Songs with equal names need to be searched for only once.
  const names = new Map(missing.map((song) => [`${song.artist} – ${song.title}`, song]));
  return (
    <details>
      <summary>
        Missing from {title}: {count(missing.length, 'song')}
      </summary>
      <ul className="absent">
        {[...names].map(([name, song]) => (
          <li key={name}>
            <bdi dir="auto">
              {clean(song.artist, 80)} – {clean(song.title, 80)}
            </bdi>
          </li>
        ))}
      </ul>
      <CopyButton text={[...names.keys()].join('\n')} what="Missing songs" />
    </details>
  );
}

/** The result, including the playlist itself where the service has an embeddable player. */
function Done({ to, result }: { to: Connection; result: Sent }): ReactNode {
  const allowed = useAllowed();
  const player = SOURCES.find(({ contacts }) => contacts !== null && result.frame?.startsWith(`${contacts}/`));
  return (
    <div className="sign-in">
      <p role="status">
        {count(result.written, 'song')} {result.written === 1 ? 'is' : 'are'} now on {to.title}.
      </p>
      {result.page && (
        <a className="button" href={result.page} target="_blank" rel="noreferrer noopener">
          Open in {to.title} <ExternalLink size={16} aria-hidden />
        </a>
      )}
      <Absent title={to.title} missing={result.missing} />
      {player && result.frame && allowed.includes(player.id) && (
        <iframe
          className="sent-frame"
          title={`${to.title} player`}
          src={result.frame}
          allow="autoplay; clipboard-write; encrypted-media; fullscreen"
          sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      {player && !allowed.includes(player.id) && (
        <>
          <p className="muted">{player.consent}</p>
          <button type="button" className="button" onClick={() => allow(player.id, true)}>
            Play here
          </button>
        </>
      )}
    </div>
  );
}

/** Opens the sheet for a list. */
export function SendButton(props: List): ReactNode {
  const [open, setOpen] = useState(false);
  if (props.songs.length === 0) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <Send size={16} aria-hidden /> Send to…
      </button>
      {open && <SendSheet {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
