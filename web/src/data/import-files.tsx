import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { ApiError, api, type ImportSource } from '../api/client.ts';
import { JobLine } from '../lab/job-line.tsx';
import { useJob } from '../lab/use-job.ts';
import { bytes } from '../ui/text.ts';

const SOURCES: readonly [ImportSource, string][] = [
  ['mpd', 'Playlists (Million Playlist Dataset JSON)'],
  ['tracks', 'Songs with audio features (CSV)'],
  ['artists', 'Artists with genres (CSV)'],
  ['interactions', 'Plays or ratings (CSV)'],
];

/** The likeliest kind of a file by its name and its first characters. */
export async function guessSource(file: Pick<File, 'name' | 'slice'>): Promise<ImportSource> {
  const head = (await file.slice(0, 2_000).text()).toLowerCase();
  if (/\.(json|zip)$/i.test(file.name) || /^\s*[[{]/.test(head)) return 'mpd';
  const heading = head.split(/[\r\n]/, 1)[0]!;
  if (/energy|tempo|valence|danceability/.test(heading)) return 'tracks';
  if (/genre/.test(heading) && /artist/.test(heading)) return 'artists';
  return 'interactions';
}

/** Takes files into the library: chosen or dropped, one after the other, with what became of each. */
export function ImportFiles(): ReactNode {
  const client = useQueryClient();
  const { job, follow, cancel } = useJob();
  const [waiting, setWaiting] = useState<{ file: File; source: ImportSource }[]>([]);
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const busy = sending !== null || job?.state === 'running';

  const add = async (files: Iterable<File>): Promise<void> => {
    const fresh = await Promise.all([...files].map(async (file) => ({ file, source: await guessSource(file) })));
    setWaiting((before) => [...before, ...fresh]);
  };
  const send = async (): Promise<void> => {
    const [first, ...rest] = waiting;
    if (!first) return;
    setRefusal(null);
    setSending(first.file.name);
    try {
      follow(await api.importFile(first.file, first.source));
      setWaiting(rest);
      void client.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : 'That file couldn’t be sent.');
    } finally {
      setSending(null);
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    void add(event.dataTransfer.files);
  };
  const shown = job && (job.kind === 'import' || job.kind === 'forget') ? job : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by keyboard.
    <div className="import-files" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <p className="muted">Drop files here, or choose them. They stay on this machine.</p>
      <div>
        <button type="button" className="button" onClick={() => picker.current?.click()}>
          <FileUp size={16} aria-hidden /> Choose files
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to import"
          onChange={(event) => {
            void add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
      </div>
      {waiting.length > 0 && (
        <ul>
          {waiting.map(({ file, source }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may wait twice.
            <li key={i}>
              <span className="song-text">
                {file.name} <span className="muted">{bytes(file.size)}</span>
              </span>
              <select
                aria-label={`What ${file.name} holds`}
                value={source}
                onChange={(event) =>
                  setWaiting(
                    waiting.map((w, at) => (at === i ? { ...w, source: event.target.value as ImportSource } : w)),
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
                onClick={() => setWaiting(waiting.filter((_, at) => at !== i))}
              >
                Skip
              </button>
            </li>
          ))}
        </ul>
      )}
      {waiting.length > 0 && (
        <button type="button" className="button primary" disabled={busy} onClick={() => void send()}>
          {sending ? `Sending ${sending}` : `Import ${waiting[0]!.file.name}`}
        </button>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      {shown && <JobLine job={shown} titles={new Map()} onCancel={() => void cancel(shown.id)} />}
    </div>
  );
}
