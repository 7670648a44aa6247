import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { spotifyPage } from '../export/formats.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';

export interface Playable {
  uri: string;
  name: string;
  artists: readonly string[];
}

interface Player {
  current: Playable | null;
  play(track: Playable): void;
}

const PlayerContext = createContext<Player>({ current: null, play: () => {} });

export const usePlayer = (): Player => useContext(PlayerContext);

/**
 * Plays through Spotify's embed. The frame is the only thing of another origin that this page ever loads, and only
 * after a person asked for the song.
 */
export function PlayerProvider(props: { children: ReactNode }): ReactNode {
  const [current, setCurrent] = useState<Playable | null>(null);
  const value = useMemo(() => ({ current, play: setCurrent }), [current]);
  return (
    <PlayerContext value={value}>
      {props.children}
      {current && <PlayerDock track={current} onClose={() => setCurrent(null)} />}
    </PlayerContext>
  );
}

function PlayerDock(props: { track: Playable; onClose: () => void }): ReactNode {
  const { track } = props;
  const page = spotifyPage(track.uri);
  return (
    <aside className="player" aria-label="Player">
      {page ? (
        <iframe
          title={`Spotify player: ${clean(track.name, 80)}`}
          src={page.replace('open.spotify.com/track/', 'open.spotify.com/embed/track/')}
          height={80}
          allow="autoplay; clipboard-write; encrypted-media; fullscreen"
          sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          loading="eager"
        />
      ) : (
        <div className="player-silent">
          <strong className="song-text" dir="auto">
            {clean(track.name)}
          </strong>
          <span className="song-text" dir="auto">
            {names(track.artists)}
          </span>
          <p>
            {track.uri.includes(':demo:') || track.uri.startsWith('demo')
              ? 'This song is fictional: the demo world has no sound.'
              : 'This song is not on Spotify, so there is nothing to play here.'}
          </p>
        </div>
      )}
      <IconButton icon={X} label="Close the player" onClick={props.onClose} />
    </aside>
  );
}
