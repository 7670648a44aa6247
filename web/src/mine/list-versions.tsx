import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { people, type StoredList } from '../api/listeners.ts';
import { Failure } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { clean, count, momentOf, names } from '../ui/text.ts';

/** A button that shows the songs of a saved list, with earlier versions to view and restore. */
export function OpenList(props: { listener: string; list: StoredList }): ReactNode {
  const [open, setOpen] = useState(false);
  const name = clean(props.list.name, 60) || 'Untitled';
  return (
    <>
      <button type="button" className="button quiet" aria-label={`Open: ${name}`} onClick={() => setOpen(true)}>
        Open
      </button>
      {open && <ListSheet {...props} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

function ListSheet(props: { listener: string; list: StoredList; name: string; onClose: () => void }): ReactNode {
  const { listener, name } = props;
  const { id } = props.list;
  const client = useQueryClient();
  const [chosen, setChosen] = useState<number | null>(null);
  const [restored, setRestored] = useState<{ version: number; before: number } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const versions = useQuery({
    queryKey: ['mine', listener, 'list', id, 'versions'],
    queryFn: ({ signal }) => people.versions(listener, id, signal),
  });
  const latest = versions.data?.versions[0]?.version;
  const shown = chosen ?? latest;
  const songs = useQuery({
    queryKey: ['mine', listener, 'list', id, shown],
    queryFn: ({ signal }) => people.version(listener, id, shown!, signal),
    enabled: shown !== undefined,
    placeholderData: (before) => before,
  });
  const revert = async (to: number, before: number | null): Promise<void> => {
    setRefusal(null);
    try {
      await people.revert(listener, id, to);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['mine', listener] }),
        client.invalidateQueries({ queryKey: ['lists', listener] }),
      ]);
      // Announced once the new version is loaded, so that the list and its number change together with the sentence.
      setRestored(before === null ? null : { version: to, before });
      setChosen(null);
    } catch (error) {
      setRefusal(wordsOf(error));
    }
  };
  const all = versions.data?.versions ?? [];
  const failed = versions.error ?? songs.error;
  return (
    <Sheet
      title={name}
      onClose={props.onClose}
      foot={
        shown !== undefined &&
        latest !== undefined &&
        shown !== latest && (
          <button type="button" className="button primary" onClick={() => void revert(shown, latest)}>
            Restore version {shown}
          </button>
        )
      }
    >
      {all.length > 1 && (
        <label className="version-choice">
          <span className="label">Version</span>
          <select value={shown} onChange={(event) => setChosen(Number(event.target.value))}>
            {all.map(({ version, at, length }) => (
              <option key={version} value={version}>
                {`${version} · ${momentOf(at)} · ${count(length, 'song')}${version === latest ? ' · current' : ''}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <p role="status" className="said">
        {restored && (
          <>
            Restored version {restored.version}.{' '}
            <button type="button" className="button" onClick={() => void revert(restored.before, null)}>
              Undo
            </button>
          </>
        )}
      </p>
      {refusal && <p role="alert">{refusal}</p>}
      {failed && (
        <Failure
          error={failed}
          what="This list couldn’t load"
          onRetry={() => void (versions.error ? versions : songs).refetch()}
        />
      )}
      <ol className="shelf" aria-label={`Songs of ${name}`}>
        {songs.data?.songs.map(({ song, title, artists }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list may hold a song twice, and its rows keep no state.
          <li key={`${i} ${song}`}>
            <div>
              <bdi className="song-text" dir="auto">
                {clean(title) || 'Untitled'}
              </bdi>
              <bdi className="song-text muted" dir="auto">
                {names(artists)}
              </bdi>
            </div>
          </li>
        ))}
      </ol>
      {songs.data?.songs.length === 0 && <p className="muted">No songs.</p>}
    </Sheet>
  );
}
