import { Braces, Check, ClipboardCopy, Link2, ListMusic, Save, Send, Share, Share2, Square, Table } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type ExportTrack, fileName, toCsv, toJson, toM3u, toUris } from '../export/formats.ts';
import type { NewList } from '../lists/list-store.ts';
import { useLists } from '../lists/use-lists.ts';
import type { Seed } from '../state/query.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { clean, count } from '../ui/text.ts';

const SendSheet = lazy(() => import('../connections/send-to.tsx').then((file) => ({ default: file.SendSheet })));

const SEEDS_KEY = 'segue:export-seeds';
const SAID_MS = 4_000;

/** Saves a text as a file through the browser. */
function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Exports the list to the clipboard, files, other apps, a link, or this browser. */
export function ExportMenu(props: {
  tracks: readonly ExportTrack[];
  title: string;
  /** Songs that the list was made from; the export can start with them. */
  seeds?: readonly Seed[];
  /** What the list was made from; omitted when it was put together by hand. */
  recipe?: NewList['recipe'];
}): ReactNode {
  const [said, setSaid] = useState('');
  const [sending, setSending] = useState(false);
  const [withSeeds, setWithSeeds] = useState(() => sessionStorage.getItem(SEEDS_KEY) === '1');
  const { save: keep, owner } = useLists();
  const place = owner ? `${clean(owner.name, 30)}’s lists` : 'this browser';
  const { title } = props;
  const seeds = (props.seeds ?? []).filter((seed) => seed.weight > 0);
  const tracks: readonly ExportTrack[] =
    withSeeds && seeds.length > 0
      ? [
          ...seeds.map((s) => ({ uri: s.uri, name: s.name, artists: s.artists, score: 1, because: ['Your song'] })),
          ...props.tracks,
        ]
      : props.tracks;
  const say = (text: string): void => {
    setSaid(text);
    setTimeout(() => setSaid(''), SAID_MS);
  };
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied`);
    } catch {
      save(text, fileName(title, 'txt'), 'text/plain');
      say('The browser blocked copying, so it was saved as a file');
    }
  };
  const saveList = async (): Promise<void> => {
    try {
      await keep({
        title,
        songs: tracks.map(({ uri, name, artists }) => ({ uri, name, artists: [...artists] })),
        recipe: props.recipe ?? null,
      });
      say(`Saved “${title}” in ${place}`);
    } catch (error) {
      say(wordsOf(error));
    }
  };
  const saveM3u = async (): Promise<void> => {
    const { knownFiles } = await import('../export/known-files.ts');
    // If the files are unknown, the list names songs by their pages, as when nothing is connected.
    const files = await knownFiles(tracks.map(({ uri }) => uri)).catch(() => new Map<string, string>());
    save(toM3u(tracks, title, files), fileName(title, 'm3u8'), 'audio/x-mpegurl');
    if (files.size > 0) say(`${count(files.size, 'song')} with file paths from your music server`);
  };
  const share = async (): Promise<void> => {
    const text = tracks.map((t, i) => `${i + 1}. ${t.artists.join(', ')} – ${t.name}`).join('\n');
    await navigator.share({ title, text }).catch(() => {});
  };
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <>
      <span className="said" role="status">
        {said}
      </span>
      <Menu
        label="Export this list"
        className="button"
        button={
          <>
            <Share {...icon} /> Export
          </>
        }
      >
        {seeds.length > 0 && (
          <button
            type="button"
            role="menuitemcheckbox"
            tabIndex={-1}
            aria-checked={withSeeds}
            onClick={() => {
              sessionStorage.setItem(SEEDS_KEY, withSeeds ? '0' : '1');
              setWithSeeds(!withSeeds);
            }}
          >
            {withSeeds ? <Check {...icon} /> : <Square {...icon} />}
            <span>Start with your {seeds.length === 1 ? 'song' : count(seeds.length, 'song')}</span>
          </button>
        )}
        <MenuItem icon={<Send {...icon} />} label="Send to…" onClick={() => setSending(true)} />
        <MenuItem icon={<Save {...icon} />} label={`Save in ${place}`} onClick={() => void saveList()} />
        {'share' in navigator && <MenuItem icon={<Share2 {...icon} />} label="Share…" onClick={() => void share()} />}
        <MenuItem
          icon={<ClipboardCopy {...icon} />}
          label="Copy URIs"
          onClick={() => void copy(toUris(tracks), 'URIs')}
        />
        <MenuItem
          icon={<Link2 {...icon} />}
          label="Copy a link to this page"
          onClick={() => void copy(window.location.href, 'Link')}
        />
        <MenuItem
          icon={<Table {...icon} />}
          label="CSV"
          onClick={() => save(toCsv(tracks), fileName(title, 'csv'), 'text/csv')}
        />
        <MenuItem icon={<ListMusic {...icon} />} label="M3U playlist" onClick={() => void saveM3u()} />
        <MenuItem
          icon={<Braces {...icon} />}
          label="JSON"
          onClick={() => save(toJson(tracks, title, window.location.href), fileName(title, 'json'), 'application/json')}
        />
      </Menu>
      <Suspense>
        {sending && (
          <SendSheet songs={tracks} name={title} listKey={`list:${title}`} onClose={() => setSending(false)} />
        )}
      </Suspense>
    </>
  );
}
