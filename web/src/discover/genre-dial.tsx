import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { api } from '../api/client.ts';
import type { Query } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { genreName } from '../ui/text.ts';
import { type Coverage, Knowledge } from './dials.tsx';
import { useThrottled } from './use-recommendations.ts';

const SHOWN = 8;
type Side = 'genres' | 'withoutGenres';
const SIDES: readonly [Side, string][] = [
  ['genres', 'Only'],
  ['withoutGenres', 'Never'],
];

/** Genres of which a song must have one, or must have none; typed, and listed with the number of songs. */
export function GenreDial(props: { query: Query; session: Session; coverage: Coverage | undefined }): ReactNode {
  const { query, session, coverage } = props;
  const [side, setSide] = useState<Side>('genres');
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const asked = useThrottled(text.trim(), 60);
  const answer = useQuery({
    queryKey: ['genres', asked],
    queryFn: ({ signal }) => api.genres(asked.slice(0, 100), SHOWN + 4, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const taken = new Set([...query.genres, ...query.withoutGenres]);
  const found = (answer.data?.genres ?? []).filter((g) => !taken.has(g.genre)).slice(0, SHOWN);
  const shown = open && found.length > 0;
  const off = coverage?.genres === 0 && taken.size === 0;
  const add = (genre: string | undefined): void => {
    if (!genre) return;
    const label = SIDES.find(([s]) => s === side)![1];
    session.change((q) => ({ ...q, [side]: [...q[side], genre] }), `${label} ${genreName(genre)}`);
    setText('');
    setActive(0);
  };
  return (
    <fieldset className="dial genre-dial" disabled={off}>
      <legend className="dial-head">Genres</legend>
      <div className="segments">
        {SIDES.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name="genre-side" checked={side === value} onChange={() => setSide(value)} />
            <span>{label} these</span>
          </label>
        ))}
      </div>
      {SIDES.map(
        ([value, label]) =>
          query[value].length > 0 && (
            <ul key={value} className="chips" aria-label={`${label} these genres`}>
              <li className="label">{label}</li>
              {query[value].map((genre) => (
                <li key={genre} className="chip small-chip">
                  <span className="song-text">{genreName(genre)}</span>
                  <button
                    type="button"
                    className="chip-button"
                    aria-label={`Remove ${genreName(genre)}`}
                    onClick={() =>
                      session.change(
                        (q) => ({ ...q, [value]: q[value].filter((g) => g !== genre) }),
                        `Removed the genre ${genreName(genre)}`,
                      )
                    }
                  >
                    <X size={14} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          ),
      )}
      <div className="genre-box">
        <input
          type="text"
          role="combobox"
          aria-label="Find a genre"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown ? `${id}-${active}` : undefined}
          placeholder="Type a genre"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
            else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
            else if (event.key === 'Enter') add(found[active]?.genre);
            else if (event.key === 'Escape' && shown) setOpen(false);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <div id={`${id}-list`} role="listbox" aria-label="Genres found" className="genre-list" hidden={!shown}>
          {found.map(({ genre, tracks }, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the focus and the keys.
            <div
              key={genre}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => add(genre)}
            >
              <span className="song-text">{genreName(genre)}</span>
              <span className="muted">{tracks.toLocaleString('en')}</span>
            </div>
          ))}
        </div>
      </div>
      <Knowledge dial="genres" set={taken.size > 0} coverage={coverage} query={query} session={session} />
    </fieldset>
  );
}
