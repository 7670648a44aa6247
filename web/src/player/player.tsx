import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import type { Playable } from './sources.ts';

export type { Playable } from './sources.ts';

const PlayerBar = lazy(() => import('./player-bar.tsx'));

interface Player {
  /** The song that is playing or ready to play. */
  current: Playable | null;
  /** Plays a song. @param queue the list that contains it, for next and previous */
  play(song: Playable, queue?: readonly Playable[]): void;
}

const PlayerContext = createContext<Player>({ current: null, play: () => {} });

export const usePlayer = (): Player => useContext(PlayerContext);

/** Keeps a song and its list playing across views. */
export function PlayerProvider(props: { children: ReactNode }): ReactNode {
  const [state, setState] = useState<{ current: Playable; queue: readonly Playable[] } | null>(null);
  const value = useMemo<Player>(
    () => ({
      current: state?.current ?? null,
      play: (current, queue = [current]) => setState({ current, queue }),
    }),
    [state],
  );
  const at = state ? state.queue.findIndex((song) => song.uri === state.current.uri) : -1;
  const step = (by: 1 | -1): (() => void) | null => {
    const song = at < 0 ? undefined : state?.queue[at + by];
    return song && state ? () => setState({ ...state, current: song }) : null;
  };
  return (
    <PlayerContext value={value}>
      <div className={state ? 'with-player' : undefined}>{props.children}</div>
      <Suspense>
        {state && <PlayerBar song={state.current} previous={step(-1)} next={step(1)} onClose={() => setState(null)} />}
      </Suspense>
    </PlayerContext>
  );
}
