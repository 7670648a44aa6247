import type { SoundLog } from '../../sources/own-files/sound-log.ts';

/** Files of one cause that cannot be used. */
export interface DamagedFiles {
  readonly problem: string;
  readonly count: number;
  /** The first of them, from the folder on. */
  readonly files: string[];
}

/** Causes and files of each that are named. */
const MOST_CAUSES = 20;
const MOST_FILES = 50;

/** The files of an analysis that cannot be used, by cause, the most frequent first. */
export function damagedFiles({ files }: Pick<SoundLog, 'files'>): DamagedFiles[] {
  const causes = new Map<string, { problem: string; count: number; files: string[] }>();
  for (const file of files.values()) {
    if (!('problem' in file)) continue;
    const cause = causes.get(file.problem) ?? { problem: file.problem, count: 0, files: [] };
    causes.set(file.problem, cause);
    cause.count++;
    if (cause.files.length < MOST_FILES) cause.files.push(file.path);
  }
  return [...causes.values()].sort((a, b) => b.count - a.count).slice(0, MOST_CAUSES);
}
