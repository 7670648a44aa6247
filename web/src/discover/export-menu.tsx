import { Braces, ClipboardCopy, Link2, ListMusic, Share, Table } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { fileName, toCsv, toJson, toM3u, toUris } from '../export/formats.ts';
import { Menu } from '../ui/menu.tsx';

/** Hands a text to the browser as a file. */
function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The list as the clipboard, files or a link take it. */
export function ExportMenu(props: { tracks: readonly RecommendedTrack[]; title: string }): ReactNode {
  const [said, setSaid] = useState('');
  const { tracks, title } = props;
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`${what} copied`);
    } catch {
      save(text, fileName(title, 'txt'), 'text/plain');
      setSaid('The clipboard is closed to this page: saved as a file');
    }
    setTimeout(() => setSaid(''), 4_000);
  };
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
            <Share size={16} aria-hidden /> Export
          </>
        }
      >
        <button type="button" role="menuitem" onClick={() => void copy(toUris(tracks), 'URIs')}>
          <ClipboardCopy size={16} aria-hidden /> Copy URIs
        </button>
        <button type="button" role="menuitem" onClick={() => void copy(window.location.href, 'Link')}>
          <Link2 size={16} aria-hidden /> Copy link to this state
        </button>
        <button type="button" role="menuitem" onClick={() => save(toCsv(tracks), fileName(title, 'csv'), 'text/csv')}>
          <Table size={16} aria-hidden /> CSV
        </button>
        <button
          type="button"
          role="menuitem"
          onClick={() => save(toM3u(tracks, title), fileName(title, 'm3u8'), 'audio/x-mpegurl')}
        >
          <ListMusic size={16} aria-hidden /> M3U playlist
        </button>
        <button
          type="button"
          role="menuitem"
          onClick={() => save(toJson(tracks, title, window.location.href), fileName(title, 'json'), 'application/json')}
        >
          <Braces size={16} aria-hidden /> JSON
        </button>
      </Menu>
    </>
  );
}
