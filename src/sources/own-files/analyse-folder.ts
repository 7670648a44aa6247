import { availableParallelism } from 'node:os';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { TaskThread, withThreads } from '../../math/task-thread.ts';
import type { FileAnalysis } from './analyse-file.ts';
import type { AnalysisSetup, AnalysisTasks } from './analysis-worker.ts';
import { type AudioFile, audioFiles } from './audio-files.ts';
import { SoundLog } from './sound-log.ts';

/** A file that takes longer than this hangs its decoder, and is given up. */
const MOST_FILE_MS = 10 * 60_000;

export interface AnalyseOptions {
  /** Number of threads, each of which analyses one file at a time. Default: one per core. */
  readonly threads?: number;
  /** Analyses files again that have not changed. */
  readonly again?: boolean;
  /** File of the network's weights: it hears every file, those too that were analysed without it. */
  readonly network?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface AnalyseReport {
  /** Music files in the folder, and those of them that were analysed now. */
  readonly files: number;
  readonly analysed: number;
  /** Files that cannot be read or decoded, those of earlier runs included, by cause. */
  readonly damaged: readonly { readonly problem: string; readonly count: number; readonly first: string }[];
  /** Files that are there no more. */
  readonly gone: number;
  /** Folders that may not be read. */
  readonly closed: number;
  readonly log: SoundLog;
}

/**
 * Analyses the music files of a folder on all cores and keeps each result in a log as soon as it is there: files with the size and time
 * that the log knows are not opened again unless something else than the file was at fault, and after a stop the same call goes on.
 * @param log path of the log
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, FORMAT_OLD, DISK_FULL, CANCELLED
 */
export async function analyseFolder(folder: string, log: string, options: AnalyseOptions = {}): Promise<AnalyseReport> {
  const { signal, onProgress, again = false, network } = options;
  onProgress?.({ fraction: 0, note: 'looking for music files' });
  const { files, closed } = await audioFiles(folder, signal);
  const known = await SoundLog.open(log, folder, again);
  const due = files.filter(({ path, size, mtime }) => {
    const before = known.files.get(path);
    if (before?.size !== size || before.mtime !== mtime) return true;
    return 'problem' in before ? before.retry === true : network !== undefined && before.embedding === undefined;
  });
  let done = files.length - due.length;
  await analyseFiles(folder, due, options, async (analysis) => {
    await known.add(analysis);
    onProgress?.({ fraction: ++done / files.length, note: analysis.path });
  });
  throwIfCancelled(signal, 'The analysis');
  const gone = await known.keep(new Set(files.map(({ path }) => path)));
  return { files: files.length, analysed: due.length, damaged: damagedOf(known), gone, closed, log: known };
}

function damagedOf({ files }: SoundLog): { problem: string; count: number; first: string }[] {
  const causes = new Map<string, { problem: string; count: number; first: string }>();
  for (const file of files.values()) {
    if (!('problem' in file)) continue;
    const known = causes.get(file.problem);
    if (known) known.count++;
    else causes.set(file.problem, { problem: file.problem, count: 1, first: file.path });
  }
  return [...causes.values()].sort((a, b) => b.count - a.count);
}

/** Results arrive one at a time, in the order in which they are finished. */
async function analyseFiles(
  folder: string,
  files: readonly AudioFile[],
  {
    threads = availableParallelism(),
    network = null,
    signal,
  }: Pick<AnalyseOptions, 'threads' | 'signal'> & { readonly network?: string | null },
  onResult: (analysis: FileAnalysis) => Promise<void>,
): Promise<void> {
  const lanes = Array.from({ length: Math.min(threads, files.length) }, () => new Lane({ folder, network }));
  let next = 0;
  let written: Promise<void> = Promise.resolve();
  const work = async (lane: Lane): Promise<void> => {
    while (next < files.length && !signal?.aborted) {
      const analysis = await lane.analyse(files[next++]!);
      written = written.then(() => onResult(analysis));
      await written;
    }
  };
  await withThreads(lanes, signal, () => Promise.all(lanes.map(work))).catch((error: unknown) => {
    throwIfCancelled(signal, 'The analysis');
    throw error;
  });
}

/** A thread that is replaced when a file ends it or hangs in it: one file must not cost the others. */
class Lane {
  private readonly setup: AnalysisSetup;
  private thread: TaskThread<AnalysisTasks>;
  private stopped = false;

  constructor(setup: AnalysisSetup) {
    this.setup = setup;
    this.thread = this.start();
  }

  private start(): TaskThread<AnalysisTasks> {
    return new TaskThread(new URL('analysis-worker.ts', import.meta.url), this.setup, 'The analysis');
  }

  async analyse(file: AudioFile): Promise<FileAnalysis> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void this.thread.end();
    }, MOST_FILE_MS);
    try {
      return await this.thread.run('analyse', file);
    } catch (error) {
      if (this.stopped || !this.thread.over) throw error;
      this.thread = this.start();
      return { ...file, problem: late ? 'Its decoder hung' : `Its decoder failed: ${messageOf(error)}` };
    } finally {
      clearTimeout(timer);
    }
  }

  async end(): Promise<void> {
    this.stopped = true;
    await this.thread.end();
  }
}

const messageOf = (error: unknown): string => (error instanceof SegueError ? error.got : String(error));
