import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp, ListMusic, Music, Search, Type } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { FoundTrack, OwnerSummary } from '../api/types.ts';
import { clean, count, names } from '../ui/text.ts';
import { useThrottled } from './use-recommendations.ts';

type Option =
  | { kind: 'track'; track: FoundTrack }
  | { kind: 'owner'; owner: OwnerSummary }
  | { kind: 'title'; text: string };

/** The best match is chosen by Enter only when it is this good; else the words are a title. */
const CHOSEN = 0.75;
const SUGGESTIONS = 7;

const searchOf = (text: string) => ({
  queryKey: ['search', text],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.search(text.slice(0, 500), SUGGESTIONS, signal),
});

function useSuggestions(text: string): { options: Option[]; best: number; settled: boolean } {
  const asked = useThrottled(text.trim(), 30);
  const enabled = asked.length > 0;
  const tracks = useQuery({
    ...searchOf(asked),
    enabled,
    placeholderData: keepPreviousData,
  });
  const owners = useQuery({
    queryKey: ['owners', asked],
    queryFn: ({ signal }) => api.owners(asked.slice(0, 500), 2, signal),
    enabled: asked.length > 2,
    placeholderData: keepPreviousData,
  });
  if (text.trim() === '') return { options: [], best: -1, settled: true };
  const found = enabled ? (tracks.data?.tracks ?? []) : [];
  const settled = asked === text.trim() && !tracks.isPlaceholderData && !tracks.isFetching;
  const options: Option[] = [
    ...found.map((track): Option => ({ kind: 'track', track })),
    ...(asked.length > 2 ? (owners.data?.owners ?? []) : []).map((owner): Option => ({ kind: 'owner', owner })),
    { kind: 'title', text: text.trim() },
  ];
  return { options, best: (found[0]?.match ?? 0) >= CHOSEN ? 0 : options.length - 1, settled };
}

export function Omnibox(props: {
  /** Nothing is asked yet: the box is the page's subject. */
  large: boolean;
  onTrack: (track: FoundTrack) => void;
  onTitle: (title: string) => void;
  onOwner: (id: string, title: string) => void;
  /** @returns true when the text was a list or links, and is taken care of */
  onText: (text: string) => boolean;
  onFile: (file: File) => void;
}): ReactNode {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [moved, setMoved] = useState<number | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const client = useQueryClient();
  const { options, best, settled } = useSuggestions(text);
  const active = moved === null ? best : Math.min(moved, options.length - 1);
  const shown = open && options.length > 0;

  const done = (): void => {
    setText('');
    setOpen(false);
    setMoved(null);
  };
  const choose = (option: Option | undefined): void => {
    if (!option) return;
    if (option.kind === 'track') props.onTrack(option.track);
    else if (option.kind === 'owner') props.onOwner(option.owner.id, option.owner.title);
    else if (!props.onText(option.text)) props.onTitle(option.text);
    done();
  };
  /** Enter came before the suggestions: it means what it would have meant a moment later. */
  const chooseUnseen = async (words: string): Promise<void> => {
    if (props.onText(words)) {
      done();
      return;
    }
    const answer = await client.fetchQuery(searchOf(words)).catch(() => null);
    const first = answer?.tracks[0];
    choose(first && first.match >= CHOSEN ? { kind: 'track', track: first } : { kind: 'title', text: words });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (options.length === 0) return;
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMoved(moved === null && step === 1 && best !== 0 ? 0 : (active + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      if (text.trim() === '') return;
      if (event.shiftKey) choose({ kind: 'title', text: text.trim() });
      else if (moved === null && !settled) void chooseUnseen(text.trim());
      else choose(options[active]);
    } else if (event.key === 'Escape' && shown) setOpen(false);
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!props.onText(event.clipboardData.getData('text'))) return;
    event.preventDefault();
    done();
  };

  return (
    <div className={props.large ? 'omnibox large' : 'omnibox'}>
      <Search size={props.large ? 22 : 18} aria-hidden className="omnibox-icon" />
      <input
        type="text"
        role="combobox"
        aria-label="A song, a link, a list, or a mood in words"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder="A song, a Spotify link, a list, a mood…"
        autoComplete="off"
        spellCheck={false}
        maxLength={10_000}
        dir="auto"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setMoved(null);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <button type="button" className="button quiet" onClick={() => file.current?.click()}>
        <FileUp size={17} aria-hidden />
        <span className="omnibox-file">File</span>
      </button>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="A file with songs"
        accept=".csv,.tsv,.txt,.json,.m3u,.m3u8,text/*,application/json"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) props.onFile(chosen);
          event.target.value = '';
        }}
      />
      <div id={`${id}-list`} role="listbox" aria-label="Suggestions" className="suggestions" hidden={!shown}>
        {options.map((option, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the focus and the keys.
          <div
            key={option.kind === 'track' ? option.track.uri : option.kind === 'owner' ? `o${option.owner.id}` : 'title'}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            className={option.kind === 'title' ? 'suggestion as-title' : 'suggestion'}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <Suggestion option={option} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Suggestion(props: { option: Option }): ReactNode {
  const { option } = props;
  if (option.kind === 'track')
    return (
      <>
        <Music size={16} aria-hidden />
        <bdi className="song-text" dir="auto">
          {clean(option.track.name)}
        </bdi>
        <bdi className="song-text muted" dir="auto">
          {names(option.track.artists)}
        </bdi>
        <span className="muted">{option.track.year ?? ''}</span>
      </>
    );
  if (option.kind === 'owner')
    return (
      <>
        <ListMusic size={16} aria-hidden />
        <bdi className="song-text" dir="auto">
          {clean(option.owner.title)}
        </bdi>
        <span className="muted">{option.owner.kind === 'person' ? 'person' : 'playlist'} of this library</span>
        <span className="muted">{count(option.owner.tracks, 'song')}</span>
      </>
    );
  return (
    <>
      <Type size={16} aria-hidden />
      <bdi className="song-text" dir="auto">
        “{clean(option.text, 80)}”
      </bdi>
      <span className="muted">as a title or mood</span>
    </>
  );
}
