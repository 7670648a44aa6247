import { SegueError, throwIfCancelled } from '../errors.ts';
import { evaluateLibrary } from '../evaluate/library-evaluation.ts';
import { Library } from '../library/library.ts';
import type { ImportReport } from '../library/library-types.ts';
import { readSettings } from '../library/settings.ts';
import { train } from '../recommend/train.ts';
import { sourceById } from '../sources/registry.ts';
import { counted } from './counted.ts';
import type { JobMessage, JobOrder } from './job-protocol.ts';
import type { JobProgress } from './jobs.ts';

/** The process that runs one job: it receives the job, reports progress and ends. Disconnecting or SIGTERM cancels it. */
const abort = new AbortController();
const send = (message: JobMessage): void => void process.send?.(message);

async function work({ library: dir, request }: JobOrder): Promise<void> {
  const library = await Library.open(dir);
  const onProgress = (progress: JobProgress): void => send({ type: 'progress', progress });
  if (request.kind === 'train') {
    if ((await library.waitingCount()) > 0) await library.mergeWaiting({ signal: abort.signal });
    await train(library, {
      tuned: await readSettings(library.dir),
      models: request.models,
      seed: request.seed,
      set: request.set,
      signal: abort.signal,
      onProgress: (p) => onProgress({ fraction: p.overall, model: p.model, note: p.note }),
    });
  } else if (request.kind === 'import') {
    const report = await library.importFiles(sourceById(request.source), [request.path], {
      signal: abort.signal,
      onProgress: (p) => onProgress({ ...p, model: null }),
    });
    onProgress({ fraction: 1, model: null, note: importNote(report) });
  } else if (request.kind === 'forget') {
    await library.forget({ files: [request.file] }, { signal: abort.signal });
    onProgress({
      fraction: 1,
      model: null,
      note: 'Removed. Train the models again for the best results.',
    });
  } else if (request.kind === 'analyse') {
    const { analyseJob } = await import('./analyse-job.ts');
    onProgress({ ...(await analyseJob(library, request, { signal: abort.signal, onProgress })), model: null });
  } else
    await evaluateLibrary(dir, await library.dataset(), {
      models: request.models,
      options: request.options,
      set: request.set,
      seed: request.seed,
      signal: abort.signal,
      onProgress: (p) => onProgress({ fraction: p.fraction, model: p.model, note: p.note }),
    });
  throwIfCancelled(abort.signal, 'The job');
}

/** An import's report in one sentence. */
function importNote({ changed, taken, rejections }: ImportReport): string {
  if (!changed) return 'Nothing new: the library already has all of this.';
  const parts = [
    ...counted(taken.tracks, 'song'),
    ...counted(taken.artists, 'artist'),
    ...counted(taken.owners, 'playlist'),
  ];
  const rejected = counted(
    rejections.reduce((sum, r) => sum + r.count, 0),
    'row',
  );
  return `Read ${parts.join(', ') || 'nothing'}${rejected.length > 0 ? `; ${rejected[0]} could not be used` : ''}.`;
}

process.on('SIGTERM', () => abort.abort());
// The server shares the terminal: Ctrl-C reaches both, and the server decides.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(130));
process.once('message', (order: JobOrder) => {
  work(order)
    .then(() => send({ type: 'done' }))
    .catch((error: unknown) => {
      if (error instanceof SegueError)
        send({ type: 'failed', code: error.code, got: error.got, expected: error.expected, remedy: error.remedy });
      else send({ type: 'defect', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    })
    .finally(() => process.disconnect?.());
});
