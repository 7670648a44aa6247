import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { people } from '../api/listeners.ts';
import { takeHandedOver } from '../shell/dropped-files.ts';
import { ChooseFiles } from '../ui/choose-files.tsx';
import { capital } from '../ui/text.ts';
import './mine.css';
import { wordsOf } from '../api/client.ts';
import { Found } from './found.tsx';
import { ReviewSongs } from './review-songs.tsx';

const OwnFiles = lazy(() => import('../data/own-files.tsx'));

/** Polling interval of a running import, in milliseconds. */
const ASK_MS = 400;

/** Imports a person's own exports, dropped or chosen, with progress, results, and songs that need a decision. */
export function Bring({ listener }: { listener: string }): ReactNode {
  const client = useQueryClient();
  const [sending, setSending] = useState<{ name: string; stop: AbortController } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const imports = useQuery({
    queryKey: ['own-imports', listener],
    queryFn: ({ signal }) => people.imports(listener, signal),
    refetchInterval: ({ state }) => (state.data?.jobs[0]?.state === 'running' ? ASK_MS : false),
  });
  const job = imports.data?.jobs[0] ?? null;
  const running = job?.state === 'running';
  const ended = job && !running ? job.id : null;
  const [seen, setSeen] = useState<string | null>(null);
  useEffect(() => {
    if (!ended || ended === seen) return;
    setSeen(ended);
    void client.invalidateQueries({ queryKey: ['mine', listener] });
  }, [client, ended, seen, listener]);

  const bring = async (chosen: Iterable<File>): Promise<void> => {
    const files = [...chosen];
    if (files.length === 0) return;
    setRefusal(null);
    const stop = new AbortController();
    try {
      const ids: string[] = [];
      for (const file of files) {
        setSending({ name: file.name, stop });
        ids.push(await people.sendFile(listener, file, stop.signal));
      }
      await people.bring(listener, ids);
      await imports.refetch();
    } catch (error) {
      if (!stop.signal.aborted) setRefusal(wordsOf(error));
    } finally {
      setSending(null);
    }
  };
  const bringHandedOver = useEffectEvent(() => void bring(takeHandedOver()));
  useEffect(() => bringHandedOver(), []);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    void bring(event.dataTransfer.files);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by keyboard. */}
      <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <p>
          Drop an export from Spotify, Apple Music, YouTube Music, Last.fm or ListenBrainz (the zip as it came), or a
          playlist. It stays on this machine.
        </p>
        <ChooseFiles
          label="Your exports"
          primary
          disabled={running || sending !== null}
          onChoose={(files) => void bring(files)}
        />
      </div>
      {sending && (
        <div className="progress-line">
          <p role="status">Sending “{sending.name}”</p>
          <button type="button" className="button" onClick={() => sending.stop.abort()}>
            Cancel
          </button>
        </div>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      {job?.state === 'running' && (
        <div className="progress-line">
          <p role="status">{capital(job.note)}</p>
          <progress value={job.fraction} aria-label="Import" />
          <button
            type="button"
            className="button"
            onClick={() => void people.stopImport(listener, job.id).then(() => imports.refetch())}
          >
            Cancel
          </button>
        </div>
      )}
      {job?.state === 'cancelled' && <p role="status">Stopped. Nothing was kept.</p>}
      {job?.state === 'failed' && <p role="alert">{job.error}</p>}
      {job?.report && <Found listener={listener} report={job.report} />}
      <ReviewSongs listener={listener} changed={ended} />
      <Suspense>
        <OwnFiles />
      </Suspense>
    </>
  );
}
