import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DOWNLOADS } from '../connect/open-sets/download.ts';
import { analyseInto } from '../connect/own-files/analyse-into.ts';
import { damagedFiles } from '../connect/own-files/damaged-files.ts';
import { networkFile } from '../connect/own-files/network-file.ts';
import type { TakenIn } from '../connect/own-files/take-in.ts';
import { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { AnalyseReport } from '../sources/own-files/analyse-folder.ts';
import { counted } from './counted.ts';
import type { JobProgress, JobWork } from './jobs.ts';

/**
 * Analyses a folder of this machine into the library. A stopped analysis resumes when it is started again.
 * @returns the final message: the report, with the unusable files @throws SegueError NOT_POSSIBLE when the tagging network is requested but its
 * weights were not fetched, and errors of the analysis
 */
export async function analyseJob(
  library: Library,
  { folder, embedding }: Extract<JobWork, { kind: 'analyse' }>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: JobProgress) => void },
): Promise<JobProgress> {
  const network = networkFile(join(library.dir, DOWNLOADS));
  if (embedding && !existsSync(network))
    throw new SegueError('NOT_POSSIBLE', {
      got: 'The weights of musicnn are not installed',
      expected: 'weights that were already fetched',
      remedy: 'Run `segue analyse FOLDER --embedding` once; it fetches them through pip',
    });
  const { analysis, taken } = await analyseInto(library, folder, {
    ...(embedding && { network }),
    signal,
    onProgress: (progress) => onProgress({ ...progress, model: null }),
  });
  return { fraction: 1, model: null, note: reportOf(analysis, taken), damaged: damagedFiles(analysis.log) };
}

function reportOf({ files, analysed, gone, closed, damaged }: AnalyseReport, { matched, own }: TakenIn): string {
  const broken = damaged.reduce((sum, { count }) => sum + count, 0);
  return [
    `Found ${counted(files, 'music file')[0]}, ${analysed.toLocaleString('en')} analysed now.`,
    ...counted(matched, 'song').map((text) => `${text} found in the catalogue.`),
    ...counted(own, 'song').map((text) => `${text} with an id of their own.`),
    ...counted(broken, 'file').map((text) => `${text} cannot be used.`),
    ...counted(gone, 'file').map((text) => `${text} gone since the last analysis.`),
    ...counted(closed, 'folder').map((text) => `${text} cannot be opened.`),
  ].join(' ');
}
