import { SkipBack, SkipForward, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';
import { allow, useAllowed } from './consent.ts';
import { type Playable, type PlayerSource, silence, sourceOf } from './sources.ts';

/** A source that has said nothing for so long is probably out of reach. */
const PATIENCE_MS = 8_000;

/** What plays now, at the foot of every view. */
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
  return (
    <aside className="player" aria-label="Player">
      <div className="player-song">
        <strong className="song-text" dir="auto">
          {name}
        </strong>
        <span className="song-text muted" dir="auto">
          {names(song.artists)}
        </span>
      </div>
      <div className="player-sound">
        {!source && <p>{silence(song)}</p>}
        {source && (source.contacts === null || allowed.includes(source.id)) && (
          <Frame key={song.uri} source={source} song={song} />
        )}
        {source && source.contacts !== null && !allowed.includes(source.id) && (
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
    // A frame that could not load says nothing; one that did sends messages of its own.
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
          {source.title} has not answered. If nothing plays, it can’t be reached from here.
        </p>
      )}
    </>
  );
}
