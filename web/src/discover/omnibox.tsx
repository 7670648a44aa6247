import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Disc3, FileUp, ListMusic, Music, Search, Type, UserRound } from 'lucide-react';
import { type ClipboardEvent, Fragment, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { FoundAlbum, FoundArtist, FoundTrack, OwnerSummary, SearchAnswer } from '../api/types.ts';
import type { Seed } from '../state/query.ts';
import { clean, count, genreName, names } from '../ui/text.ts';
import { isWebLink, seedOf } from './intake.ts';
import { useThrottled } from './use-recommendations.ts';

type Option =
  | { kind: 'track'; track: FoundTrack }
  | { kind: 'artist'; artist: FoundArtist }
  | { kind: 'album'; album: FoundAlbum }
  | { kind: 'owner'; owner: OwnerSummary }
  | { kind: 'title'; text: string; playlists: number };

/** Headings for the kinds of options, in display order. */
const SECTIONS: Record<Option['kind'], string> = {
  title: 'Mood or title',
  artist: 'Artists',
  track: 'Songs',
  album: 'Albums',
  owner: 'Playlists in this library',
};

/** Enter picks the best match only when it is at least this good; otherwise the words are a title. */
const CHOSEN = 0.75;
const SUGGESTIONS = 7;

const searchOf = (text: string, round?: number) => ({
  queryKey: ['search', text],
  meta: { round },
  queryFn: ({ signal }: { signal: AbortSignal }) => api.search(text.slice(0, 500), SUGGESTIONS, signal),
});

interface Suggestions {
  options: Option[];
  /** Index of the option that Enter picks; −1 for none. */
  best: number;
  settled: boolean;
  /** Text above the options, or in place of them. */
  note: string;
}

/** Counts how often the box was emptied: earlier results do not apply to what is typed next. */
function useRound(isEmpty: boolean): number {
  const [state, setState] = useState({ isEmpty, round: 0 });
  if (state.isEmpty !== isEmpty) setState({ isEmpty, round: state.round + (isEmpty ? 1 : 0) });
  return state.round;
}

function useSuggestions(text: string): Suggestions {
  const asked = useThrottled(text.trim(), 30);
  const enabled = asked.length > 0;
  const round = useRound(text.trim() === '');
  // While a word grows, the suggestions for its beginning stay until the new ones arrive.
  const tracks = useQuery({
    ...searchOf(asked, round),
    enabled,
    placeholderData: (before, query) => (query?.meta?.round === round ? before : undefined),
  });
  const owners = useQuery({
    queryKey: ['owners', asked],
    meta: { round },
    queryFn: ({ signal }) => api.owners(asked.slice(0, 500), 2, signal),
    enabled: asked.length > 2,
    placeholderData: (before, query) => (query?.meta?.round === round ? before : undefined),
  });
  if (text.trim() === '') return { options: [], best: -1, settled: true, note: '' };
  const settled = asked === text.trim() && !tracks.isPlaceholderData && !tracks.isFetching;
  const lists = asked.length > 2 ? (owners.data?.owners ?? []) : [];
  const options = optionsOf(text.trim(), enabled ? tracks.data : undefined, lists);
  const nothing = settled && tracks.isSuccess && options.every(({ kind }) => kind === 'title');
  const note = tracks.data?.link?.message ?? (nothing ? 'No song, artist or playlist matches' : '');
  return { options, best: bestOf(options), settled, note };
}

/** Possible meanings of the words, most likely kind first: a mood, an artist, or songs. */
function optionsOf(words: string, answer: SearchAnswer | undefined, owners: readonly OwnerSummary[]): Option[] {
  const title: Option = { kind: 'title', text: words, playlists: answer?.mood?.playlists ?? 0 };
  const tracks = (answer?.tracks ?? []).map((track): Option => ({ kind: 'track', track }));
  if (isWebLink(words)) return tracks;
  const artists = (answer?.artists ?? []).map((artist): Option => ({ kind: 'artist', artist }));
  const albums = (answer?.albums ?? []).map((album): Option => ({ kind: 'album', album }));
  const lists = owners.map((owner): Option => ({ kind: 'owner', owner }));
  const [artist] = answer?.artists ?? [];
  const artistFirst = artist !== undefined && (artist.first || artist.match > (answer?.tracks[0]?.match ?? 0));
  const names = artistFirst ? [...artists, ...tracks] : [...tracks, ...artists];
  return answer?.mood?.first ? [title, ...names, ...albums, ...lists] : [...names, ...albums, ...lists, title];
}

const matchOf = (option: Option | undefined): number =>
  option?.kind === 'track' ? option.track.match : option?.kind === 'artist' ? option.artist.match : 0;

/** What Enter picks: the first option if it is a mood or a sure match, otherwise the words as a title. */
function bestOf(options: readonly Option[]): number {
  const first = options[0];
  if (first?.kind === 'title' || matchOf(first) >= CHOSEN) return 0;
  return options.findIndex((option) => option.kind === 'title');
}

export function Omnibox(props: {
  /** No query yet: the box is the main content of the page. */
  large: boolean;
  onTrack: (track: FoundTrack) => void;
  onTitle: (title: string) => void;
  /** Adds several songs at once: an artist's most popular ones, or an album's. */
  onSongs: (seeds: Seed[], label: string) => void;
  onOwner: (id: string, title: string) => void;
  /** @returns true when the text was a list or links and has been handled */
  onText: (text: string) => boolean;
  onFile: (file: File) => void;
}): ReactNode {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [moved, setMoved] = useState<number | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const client = useQueryClient();
  const { options, best, settled, note } = useSuggestions(text);
  const active = moved === null ? best : Math.min(moved, options.length - 1);
  const shown = open && (options.length > 0 || note !== '');

  const done = (): void => {
    setText('');
    setOpen(false);
    setMoved(null);
  };
  const choose = (option: Option | undefined): void => {
    if (!option) return;
    if (option.kind === 'track') props.onTrack(option.track);
    else if (option.kind === 'artist')
      props.onSongs(option.artist.top.map(seedOf), `Added ${clean(option.artist.name, 60)}`);
    else if (option.kind === 'album')
      props.onSongs(option.album.tracks.map(seedOf), `Added the album “${clean(option.album.name, 60)}”`);
    else if (option.kind === 'owner') props.onOwner(option.owner.id, option.owner.title);
    else if (!props.onText(option.text)) props.onTitle(option.text);
    done();
  };
  /** Enter was pressed before the suggestions arrived: do what it would have done a moment later. */
  const chooseUnseen = async (words: string): Promise<void> => {
    if (props.onText(words)) {
      done();
      return;
    }
    const answer = await client.fetchQuery(searchOf(words)).catch(() => null);
    const meant = optionsOf(words, answer ?? undefined, []);
    choose(meant[bestOf(meant)]);
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
      if (event.shiftKey) choose({ kind: 'title', text: text.trim(), playlists: 0 });
      else if (moved === null && (!settled || options.length === 0)) void chooseUnseen(text.trim());
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
        aria-label="A song, artist, album, link, list or mood"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder="A song, artist, Spotify link, list or mood…"
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
      <button type="button" className="button quiet" aria-label="File with songs" onClick={() => file.current?.click()}>
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
      <span className="visually-hidden" role="status">
        {open &&
          text.trim() !== '' &&
          settled &&
          (options.length > 0 ? count(options.length, 'suggestion') : 'No suggestions')}
      </span>
      <div id={`${id}-list`} role="listbox" aria-label="Suggestions" className="suggestions" hidden={!shown}>
        {note !== '' && <p className="suggestion-none">{note}</p>}
        {options.map((option, i) => (
          <Fragment key={keyOf(option)}>
            {option.kind !== options[i - 1]?.kind && (
              <div className="suggestion-section label" role="presentation">
                {SECTIONS[option.kind]}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the focus and the keys. */}
            <div
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              className={option.kind === 'title' ? 'suggestion as-title' : `suggestion ${option.kind}`}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <Suggestion option={option} />
            </div>
          </Fragment>
        ))}
      </div>
    </div>
  );
}

const keyOf = (option: Option): string =>
  option.kind === 'track'
    ? option.track.uri
    : option.kind === 'artist'
      ? option.artist.reference
      : option.kind === 'album'
        ? `album:${option.album.name}:${option.album.tracks[0]?.uri}`
        : option.kind === 'owner'
          ? `o${option.owner.id}`
          : 'title';

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
  if (option.kind === 'artist')
    return (
      <>
        <UserRound size={16} aria-hidden />
        <bdi className="song-text" dir="auto">
          {clean(option.artist.name)}
        </bdi>
        <span className="song-text muted">
          {option.artist.genres
            .slice(0, 2)
            .map((g) => genreName(g))
            .join(', ')}
        </span>
        <span className="muted">{count(option.artist.tracks, 'song')}</span>
      </>
    );
  if (option.kind === 'album')
    return (
      <>
        <Disc3 size={16} aria-hidden />
        <bdi className="song-text" dir="auto">
          {clean(option.album.name)}
        </bdi>
        <bdi className="song-text muted" dir="auto">
          {names(option.album.artists)}
        </bdi>
        <span className="muted">{option.album.year ?? ''}</span>
      </>
    );
  if (option.kind === 'owner')
    return (
      <>
        <ListMusic size={16} aria-hidden />
        <bdi className="song-text" dir="auto">
          {clean(option.owner.title)}
        </bdi>
        <span className="muted">{option.owner.kind === 'person' ? 'Person' : 'Playlist'}</span>
        <span className="muted">{count(option.owner.tracks, 'song')}</span>
      </>
    );
  return (
    <>
      <Type size={16} aria-hidden />
      <bdi className="song-text" dir="auto">
        “{clean(option.text, 80)}”
      </bdi>
      <span className="muted">
        {option.playlists > 0 ? `${count(option.playlists, 'playlist')} called that` : 'as a mood or title'}
      </span>
    </>
  );
}
