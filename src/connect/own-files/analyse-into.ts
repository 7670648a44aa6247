import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SegueError } from '../../errors.ts';
import type { Library } from '../../library/library.ts';
import { type OnProgress, within } from '../../math/progress.ts';
import { type AnalyseOptions, type AnalyseReport, analyseFolder } from '../../sources/own-files/analyse-folder.ts';
import { type TakenIn, takeIn } from './take-in.ts';

/** Share of the time that reading and measuring take. */
const MEASURING = 0.97;

/**
 * Analyses the music files of a folder and takes their songs into the library. Each result is in a log of the library as soon as it is there,
 * so that the same call goes on after a stop.
 * @param folder its real path
 * @throws SegueError FILE_UNREADABLE (a folder without music files, too), LIBRARY_BUSY, DISK_FULL, FORMAT_NEWER, FORMAT_OLD, CANCELLED
 */
export async function analyseInto(
  library: Library,
  folder: string,
  { onProgress, ...options }: AnalyseOptions,
): Promise<{ analysis: AnalyseReport; taken: TakenIn }> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const measuring: OnProgress | undefined = onProgress && within(onProgress, 0, MEASURING);
  const analysis = await analyseFolder(folder, join(library.dir, 'sound', `${name}.jsonl`), {
    ...options,
    ...(measuring && { onProgress: measuring }),
  });
  if (analysis.files === 0)
    throw new SegueError('FILE_UNREADABLE', {
      got: `${folder} contains no music files`,
      expected: 'MP3, FLAC, Ogg, Opus, WAV, M4A or other music files',
    });
  onProgress?.({ fraction: MEASURING, note: 'matching songs to the catalogue' });
  const dataset = (await library.datasetId()) === null ? null : await library.dataset();
  return { analysis, taken: await takeIn(library, dataset, analysis.log, options.signal) };
}
