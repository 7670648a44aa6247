import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { ImportSource } from '../api/client.ts';
import { JobLine } from '../lab/job-line.tsx';
import { dropped, handOver, onDropped, takeDropped } from '../shell/dropped-files.ts';
import { useSession } from '../shell/session-context.ts';
import { ChooseFiles } from '../ui/choose-files.tsx';
import { bytes, count } from '../ui/text.ts';
import { useImports } from './use-imports.ts';

const SOURCES: readonly [ImportSource, string][] = [
  ['mpd', 'Playlists (Million Playlist Dataset JSON)'],
  ['tracks', 'Songs with audio features (CSV)'],
  ['artists', 'Artists with genres (CSV)'],
  ['interactions', 'Plays or ratings (CSV)'],
];
const NO_TITLES: ReadonlyMap<string, string> = new Map();

/** Imports files into the library, chosen or dropped anywhere on the page, and shows the result for each. */
export function ImportFiles(): ReactNode {
  const session = useSession();
  const { waiting, setWaiting, add, done, sending, job, busy, refusal, own, go, cancel } = useImports();
  const fresh = useSyncExternalStore(onDropped, dropped);
  useEffect(() => {
    if (fresh.length > 0) void add(takeDropped());
  }, [fresh, add]);
  return (
    <div className="import-files">
      <p className="muted">Drop files anywhere on this page, or choose them. They stay on this machine.</p>
      <div>
        <ChooseFiles label="Files to import" onChoose={(files) => void add(files)} />
      </div>
      {waiting.length > 0 && (
        <ul>
          {waiting.map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may wait twice.
            <li key={i}>
              <span className="song-text">
                {entry.file.name} <span className="muted">{bytes(entry.file.size)}</span>
              </span>
              <select
                aria-label={`What’s in ${entry.file.name}`}
                value={entry.source}
                onChange={(event) =>
                  setWaiting(
                    waiting.map((w) => (w === entry ? { ...w, source: event.target.value as ImportSource } : w)),
                  )
                }
              >
                {SOURCES.map(([id, label]) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="button quiet"
                onClick={() => setWaiting(waiting.filter((w) => w !== entry))}
              >
                Skip<span className="visually-hidden"> {entry.file.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {waiting.length > 0 && (
        <button type="button" className="button primary" disabled={busy} onClick={go}>
          {waiting.length === 1 ? `Import ${waiting[0]!.file.name}` : `Import ${count(waiting.length, 'file')}`}
        </button>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      {own.length > 0 && (
        <button
          type="button"
          className="button primary"
          onClick={() => {
            handOver(own);
            session.show('mine');
          }}
        >
          Add {own.length === 1 ? 'it' : count(own.length, 'file')} to My music
        </button>
      )}
      {done.map(({ name, job: ended }) => (
        <div key={ended.id} className="imported">
          <strong className="song-text">{name}</strong>
          <JobLine job={ended} titles={NO_TITLES} onCancel={() => {}} />
        </div>
      ))}
      {sending && !job && (
        <p role="status">
          Sending <span className="song-text">{sending}</span>…
        </p>
      )}
      {job && (
        <div className="imported">
          {sending && <strong className="song-text">{sending}</strong>}
          <JobLine job={job} titles={NO_TITLES} onCancel={() => void cancel(job.id)} />
        </div>
      )}
    </div>
  );
}
