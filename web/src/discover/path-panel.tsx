import './path-panel.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Play, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError, wordsOf } from '../api/client.ts';
import { sounds } from '../api/own-files.ts';
import { type Playable, usePlayer } from '../player/player.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';
import { ExportMenu } from './export-menu.tsx';
import { FindBox } from './find-box.tsx';

/** Number of songs in a path, including both ends. */
const LENGTHS = [6, 12, 20, 30, 50];

/** A path of songs from one song to another, which is chosen here; it can be played and saved like any list. */
export default function PathPanel(props: { from: Playable; onClose: () => void }): ReactNode {
  const { from } = props;
  const player = usePlayer();
  const root = useRef<HTMLElement>(null);
  const [to, setTo] = useState<Playable | null>(null);
  const [length, setLength] = useState(12);
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const answer = useQuery({
    queryKey: ['path', from.uri, to?.uri, length],
    queryFn: ({ signal }) => sounds.path(from.uri, to!.uri, length, signal),
    enabled: to !== null,
    placeholderData: keepPreviousData,
  });
  const path = to ? answer.data : undefined;
  const name = clean(from.name, 60);
  const title = to ? `From “${name}” to “${clean(to.name, 60)}”` : `Path from “${name}”`;
  return (
    <section
      ref={root}
      className="path-panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <header>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <IconButton icon={X} label="Close the path" onClick={props.onClose} />
      </header>
      <div className="path-ends">
        <FindBox label="Song at the end of the path" focused onFind={setTo} />
        <label className="path-length">
          Songs
          <select
            aria-label="Songs in the path"
            value={length}
            onChange={(event) => setLength(Number(event.target.value))}
          >
            {LENGTHS.map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
        {path && (
          <>
            <button
              type="button"
              className="button primary"
              onClick={() => player.play(path.tracks[0] ?? from, path.tracks)}
            >
              <Play size={16} aria-hidden /> Play
            </button>
            <ExportMenu tracks={path.tracks.map((t) => ({ ...t, score: t.similarity, because: [] }))} title={title} />
          </>
        )}
      </div>
      {!to && <p className="muted">Choose the song the path should lead to.</p>}
      {answer.isError && (
        <p role="alert">{answer.error instanceof ApiError ? wordsOf(answer.error) : 'Segue couldn’t find a path.'}</p>
      )}
      {path && (
        <>
          <p className="muted" role="status">
            {path.bySound
              ? 'Matched by measured sound.'
              : 'Matched by features, artist, album and genre, because at least one of these songs wasn’t analysed from a file.'}
          </p>
          <ol className="path-songs" aria-label={title}>
            {path.tracks.map((song) => (
              <li key={song.uri} data-uri={song.uri}>
                <div>
                  <bdi className="song-text" dir="auto">
                    {clean(song.name, 80)}
                  </bdi>
                  <bdi className="song-text muted" dir="auto">
                    {names(song.artists)}
                  </bdi>
                </div>
                {song.beat !== null && <span className="muted">{Math.round(song.beat)} BPM</span>}
                <IconButton
                  icon={Play}
                  label={`Play ${clean(song.name, 60)}`}
                  onClick={() => player.play(song, path.tracks)}
                />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
