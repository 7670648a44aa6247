import './find-box.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { FoundTrack } from '../api/types.ts';
import { clean, names } from '../ui/text.ts';
import { useThrottled } from './use-recommendations.ts';

const SHOWN = 6;
/** Least match quality; below this, a song merely resembles what was typed. */
const LEAST_MATCH = 0.5;

/** Searches for one song by name. */
export function FindBox(props: {
  label: string;
  onFind: (track: FoundTrack) => void;
  /** Takes the focus when it appears. */
  focused?: boolean;
}): ReactNode {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { focused = false } = props;
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const asked = useThrottled(text.trim(), 60);
  const answer = useQuery({
    queryKey: ['search', asked, 'one song'],
    queryFn: ({ signal }) => api.search(asked.slice(0, 500), SHOWN, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const found = text.trim().length > 1 ? (answer.data?.tracks ?? []).filter((t) => t.match >= LEAST_MATCH) : [];
  const shown = open && text.trim().length > 1;
  const choose = (track: FoundTrack | undefined): void => {
    if (!track) return;
    props.onFind(track);
    setOpen(false);
    setText('');
  };
  return (
    <div className="find-box">
      <Search size={15} aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-expanded={shown && found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && found.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Find a song"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(0);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
          else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
          else if (event.key === 'Enter') choose(found[active]);
          else if (event.key === 'Escape' && shown) setOpen(false);
          else return;
          event.preventDefault();
        }}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Songs found"
        className="found-songs"
        hidden={!shown || found.length === 0}
      >
        {found.map((track, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the focus and the keys.
          <div
            key={track.uri}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(track)}
          >
            <bdi className="song-text" dir="auto">
              {clean(track.name, 60)}
            </bdi>
            <bdi className="song-text muted" dir="auto">
              {names(track.artists)}
            </bdi>
          </div>
        ))}
      </div>
      {shown && found.length === 0 && answer.isSuccess && !answer.isPlaceholderData && (
        <p className="found-songs muted" role="status">
          No song matches
        </p>
      )}
    </div>
  );
}
