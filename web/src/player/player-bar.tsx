import { SkipBack, SkipForward, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';
import { allow, useAllowed } from './consent.ts';
import { saidOf, type Trouble, useOwnServers } from './own-servers.ts';
import { OwnSound } from './own-sound.tsx';
import { type Playable, type PlayerSource, silence, sourceOf } from './sources.ts';

/** A source that has sent no message for this long is probably unreachable. */
const PATIENCE_MS = 8_000;
const NO_TROUBLE: ReadonlyMap<string, Trouble> = new Map();

/** What is playing, at the bottom of every view. */
export default function PlayerBar(props: {
  song: Playable;
  previous: (() => void) | null;
  next: (() => void) | null;
  onClose: () => void;
}): ReactNode {
  const { song } = props;
  const source = sourceOf(song);
  const allowed = useAllowed();
  const name = clean(song.name, 80);
  const servers = useOwnServers();
  // Servers that failed to play this song; for another song, all are tried again.
  const [troubles, setTroubles] = useState<{ uri: string; of: ReadonlyMap<string, Trouble> }>({
    uri: song.uri,
    of: new Map(),
  });
  const troubled = troubles.uri === song.uri ? troubles.of : NO_TROUBLE;
  const server = servers?.find((s) => !troubled.has(s.id));
  const said = servers?.flatMap((s) => (troubled.has(s.id) ? (saidOf(s, troubled.get(s.id)!) ?? []) : [])) ?? [];
  const elsewhere = servers !== undefined && !server;
  const bar = useRef<HTMLElement>(null);
  // The height of the bar depends on source and width; the page keeps that much space at its bottom.
  useEffect(() => {
    const observer = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--player', `${bar.current?.offsetHeight ?? 0}px`),
    );
    observer.observe(bar.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <aside ref={bar} className="player" aria-label="Player">
      <div className="player-song">
        <strong className="song-text" dir="auto">
          {name}
        </strong>
        <span className="song-text muted" dir="auto">
          {names(song.artists)}
        </span>
      </div>
      <div className="player-sound">
        {said.map((text) => (
          <p key={text} role="status">
            {text}
          </p>
        ))}
        {server && (
          <OwnSound
            key={`${server.id} ${song.uri}`}
            server={server}
            song={song}
            onEnded={() => props.next?.()}
            onTrouble={(trouble) => setTroubles({ uri: song.uri, of: new Map([...troubled, [server.id, trouble]]) })}
          />
        )}
        {elsewhere && !source && said.length === 0 && <p>{silence(song)}</p>}
        {elsewhere && source && (source.contacts === null || allowed.includes(source.id)) && (
          <Frame key={song.uri} source={source} song={song} />
        )}
        {elsewhere && source && source.contacts !== null && !allowed.includes(source.id) && (
          <div className="player-consent">
            <p>{source.consent}</p>
            <button type="button" className="button primary" onClick={() => allow(source.id, true)}>
              Allow {source.title}
            </button>
          </div>
        )}
      </div>
      <div className="player-tools">
        <IconButton
          icon={SkipBack}
          label="Previous song"
          disabled={!props.previous}
          onClick={() => props.previous?.()}
        />
        <IconButton icon={SkipForward} label="Next song" disabled={!props.next} onClick={() => props.next?.()} />
        <IconButton icon={X} label="Close the player" onClick={props.onClose} />
      </div>
    </aside>
  );
}

function Frame(props: { source: PlayerSource; song: Playable }): ReactNode {
  const { source, song } = props;
  const frame = useRef<HTMLIFrameElement>(null);
  const [silent, setSilent] = useState(!navigator.onLine);
  useEffect(() => {
    // A frame that failed to load sends nothing; one that loaded sends messages.
    const timer = setTimeout(() => setSilent(true), PATIENCE_MS);
    const onMessage = (event: MessageEvent): void => {
      if (event.source !== frame.current?.contentWindow || event.origin !== source.contacts) return;
      clearTimeout(timer);
      setSilent(false);
    };
    window.addEventListener('message', onMessage);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
    };
  }, [source]);
  return (
    <>
      <iframe
        ref={frame}
        title={`${source.title} player: ${clean(song.name, 80)}`}
        src={source.frame(song) ?? undefined}
        height={80}
        allow="autoplay; clipboard-write; encrypted-media; fullscreen"
        sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        loading="eager"
      />
      {silent && (
        <p role="status" className="player-silent">
          {source.title} hasn’t answered. If nothing plays, it can’t be reached from here.
        </p>
      )}
    </>
  );
}
