import './own-files.css';
import { useQuery } from '@tanstack/react-query';
import { AudioLines } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError, wordsOf } from '../api/client.ts';
import { sounds } from '../api/own-files.ts';
import type { Job } from '../api/types.ts';
import { JobLine } from '../lab/job-line.tsx';
import { useJob } from '../lab/use-job.ts';
import { clean, count } from '../ui/text.ts';

const NO_TITLES: ReadonlyMap<string, string> = new Map();
const LAST_FOLDER = 'segue:music-folder';

/**
 * Music files on the server's machine: imports measurements of a folder into the library, with progress and report. Renders nothing where this is not
 * allowed.
 */
export default function OwnFiles(): ReactNode {
  const possible = useQuery({
    queryKey: ['analyses'],
    queryFn: ({ signal }) => sounds.possible(signal),
    staleTime: 60_000,
  });
  const { job, follow, start, cancel, refusal } = useJob();
  const [folder, setFolder] = useState(() => localStorage.getItem(LAST_FOLDER) ?? '');
  const [embedding, setEmbedding] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [report, setReport] = useState<Job | null>(null);
  if (job?.kind === 'analyse' && job !== report) setReport(job);
  if (!possible.data?.possible) return null;
  const busy = job?.state === 'running';
  const analyse = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefused(null);
    try {
      follow(await sounds.analyse(folder.trim(), embedding));
      localStorage.setItem(LAST_FOLDER, folder.trim());
    } catch (error) {
      setRefused(error instanceof ApiError ? wordsOf(error) : 'The analysis couldn’t start.');
    }
  };
  return (
    <section className="own-files" aria-labelledby="own-files">
      <h3 id="own-files">Music files on this computer</h3>
      <p className="muted">
        Segue reads the tags and measures the sound of every file in a folder on the computer it runs on. Your files
        aren’t changed, and nothing leaves the computer. You can stop and resume.
      </p>
      <form onSubmit={(event) => void analyse(event)}>
        <label>
          Folder
          <input
            type="text"
            required
            maxLength={4096}
            placeholder="/home/ada/Music"
            autoComplete="off"
            spellCheck={false}
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
          />
        </label>
        {possible.data.embedding && (
          <label className="option">
            <input type="checkbox" checked={embedding} onChange={(event) => setEmbedding(event.target.checked)} />
            Also analyse with musicnn (slower)
          </label>
        )}
        <button type="submit" className="button primary" disabled={busy}>
          <AudioLines size={16} aria-hidden /> Start
        </button>
      </form>
      {(refused ?? refusal) && <p role="alert">{refused ?? refusal}</p>}
      {report && <JobLine job={report} titles={NO_TITLES} onCancel={() => void cancel(report.id)} />}
      {report?.damaged?.map(({ problem, count: files, files: named }) => (
        <details key={problem} className="damaged">
          <summary>
            {count(files, 'file')}: {clean(problem, 200)}
          </summary>
          <ul>
            {named.map((path) => (
              <li key={path}>
                <bdi>{clean(path, 300)}</bdi>
              </li>
            ))}
            {files > named.length && <li>and {count(files - named.length, 'more', 'more')}</li>}
          </ul>
        </details>
      ))}
      {report?.state === 'done' && (
        <div>
          <p className="muted">
            The songs are in your library. Train the models, so that lists use how these songs sound.
          </p>
          <button type="button" className="button" disabled={busy} onClick={() => void start({ kind: 'train' })}>
            Train the models on the new measurements
          </button>
        </div>
      )}
      {busy &&
        job.kind !== 'analyse' &&
        (job.kind === 'train' && report ? (
          <JobLine job={job} titles={NO_TITLES} onCancel={() => void cancel(job.id)} />
        ) : (
          <p className="muted">Another job is running. You can start this one when it’s done.</p>
        ))}
    </section>
  );
}
