import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useRef, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type Ban, type Part, people } from '../api/listeners.ts';
import { SendSaved } from '../connections/send-saved.tsx';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { clean, count, dateOf, names } from '../ui/text.ts';
import { EmptyUntilBrought } from './empty-until-brought.tsx';
import { OpenList } from './list-versions.tsx';

interface Item {
  key: string;
  name: string;
  detail: string;
  /** Removes the item, and restores it. */
  remove: () => Promise<unknown>;
  restore: () => Promise<unknown>;
  /** Further actions. */
  more?: ReactNode;
}

interface Entries {
  items: readonly Item[];
  next: string | null;
}

/** A searchable list of items that can be removed and restored. */
function Shelf(props: {
  id: string;
  listener: string;
  /** Shown when the list is empty. */
  empty: ReactNode;
  removeLabel: string;
  load: (part: Part, signal: AbortSignal) => Promise<Entries>;
}): ReactNode {
  const { id, listener, load, removeLabel } = props;
  const client = useQueryClient();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const busy = useRef(false);
  const [removed, setRemoved] = useState<Item | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['mine', listener, 'shelf', id, asked],
    queryFn: ({ pageParam, signal }) =>
      load({ ...(asked && { q: asked }), ...(pageParam && { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  const change = async (item: Item, back: boolean): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setRefusal(null);
    try {
      await (back ? item.restore() : item.remove());
      setRemoved(back ? null : item);
      await client.invalidateQueries({ queryKey: ['mine', listener] });
      await client.invalidateQueries({ queryKey: ['listener', listener] });
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      busy.current = false;
    }
  };
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <input
        className="field"
        type="search"
        aria-label="Search"
        placeholder="Search"
        maxLength={200}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p role="status" className="said">
        {removed && (
          <>
            Removed “{clean(removed.name, 60)}”.{' '}
            <button type="button" className="button" onClick={() => void change(removed, true)}>
              Undo
            </button>
          </>
        )}
      </p>
      {refusal && <p role="alert">{refusal}</p>}
      {pages.error && <Failure error={pages.error} what="This couldn’t load" onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Loading shape="list-skeleton" />}
      {pages.data && items.length === 0 && (
        <div className="muted empty-shelf">{asked ? 'Nothing found.' : props.empty}</div>
      )}
      <ul className="shelf">
        {items.map((item) => (
          <li key={item.key}>
            <div>
              <bdi className="song-text" dir="auto">
                {clean(item.name) || 'Untitled'}
              </bdi>
              <bdi className="song-text muted" dir="auto">
                {item.detail}
              </bdi>
            </div>
            <span className="shelf-tools">
              {item.more}
              <button
                type="button"
                className="button quiet"
                aria-label={`${removeLabel}: ${clean(item.name, 60)}`}
                onClick={() => void change(item, false)}
              >
                {removeLabel}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </>
  );
}

interface ShelfProps {
  listener: string;
  /** Shows where to import music. */
  onBring: () => void;
}

export function Plays({ listener, onBring }: ShelfProps): ReactNode {
  const load = async (part: Part, signal: AbortSignal): Promise<Entries> => {
    const { items, next } = await people.plays(listener, part, false, signal);
    return {
      next,
      items: items.map((play) => ({
        key: play.id,
        name: play.title,
        detail: [names(play.artists), dateOf(play.at), play.skipped ? 'skipped' : ''].filter(Boolean).join(' · '),
        remove: () => people.removePlays(listener, [play.id]),
        restore: () => people.restorePlays(listener, [play.id]),
      })),
    };
  };
  const empty = <EmptyUntilBrought text="No plays yet." onBring={onBring} />;
  return <Shelf id="plays" listener={listener} empty={empty} removeLabel="Remove" load={load} />;
}

export function Likes({ listener, onBring }: ShelfProps): ReactNode {
  const load = async (part: Part, signal: AbortSignal): Promise<Entries> => {
    const { items, next } = await people.likes(listener, part, signal);
    return {
      next,
      items: items.map(({ song: { song, title, artists } }) => ({
        key: song,
        name: title,
        detail: names(artists),
        remove: () => people.unlike(listener, song),
        restore: () => people.like(listener, { song, title, artists }),
      })),
    };
  };
  const empty = <EmptyUntilBrought text="No likes yet." onBring={onBring} />;
  return <Shelf id="likes" listener={listener} empty={empty} removeLabel="Unlike" load={load} />;
}

const banned = ({ kind, until }: Ban): string => `${kind}, ${until === null ? 'for good' : `until ${dateOf(until)}`}`;

export function Bans({ listener }: { listener: string }): ReactNode {
  const all = useQuery({
    queryKey: ['mine', listener, 'bans'],
    queryFn: ({ signal }) => people.bans(listener, signal),
  });
  const load = async ({ q = '' }: Part, signal: AbortSignal): Promise<Entries> => {
    const { bans } = await people.bans(listener, signal);
    const wanted = q.toLocaleLowerCase();
    return {
      next: null,
      items: bans
        .filter(({ label, target }) => (label || target).toLocaleLowerCase().includes(wanted))
        .map((ban) => ({
          key: `${ban.kind} ${ban.target}`,
          name: ban.label || ban.target,
          detail: banned(ban),
          remove: () => people.unban(listener, ban.kind, ban.target),
          restore: () => people.ban(listener, ban),
        })),
    };
  };
  return (
    <>
      {all.data && all.data.bans.length > 0 && (
        <p className="muted">{count(all.data.bans.length, 'ban')}. Segue never suggests any of these.</p>
      )}
      <Shelf
        id="bans"
        listener={listener}
        empty="Nothing is banned. “Never play” in your lists bans a song; the menu beside it bans an artist or genre."
        removeLabel="Allow again"
        load={load}
      />
    </>
  );
}

export function Lists({ listener }: { listener: string }): ReactNode {
  const load = async (part: Part, signal: AbortSignal): Promise<Entries> => {
    const { items, next } = await people.lists(listener, part, signal);
    return {
      next,
      items: items.map((list) => ({
        key: list.id,
        name: list.name,
        detail: `${count(list.length, 'song')} · ${dateOf(list.updatedAt)}${list.version > 1 ? ` · version ${list.version}` : ''}`,
        remove: () => people.removeList(listener, list.id),
        restore: () => people.restoreList(listener, list.id),
        more: (
          <>
            <OpenList listener={listener} list={list} />
            <SendSaved listener={listener} id={list.id} name={list.name} />
          </>
        ),
      })),
    };
  };
  return (
    <Shelf
      id="lists"
      listener={listener}
      empty="No saved lists yet. Make a list on Discover, then save it from the Export menu."
      removeLabel="Remove"
      load={load}
    />
  );
}
