import { opendir, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { natural } from '../input.ts';

/** Endings of music files. Playlists, covers and videos are not looked at. */
const AUDIO = new Set(
  'mp3 flac ogg oga opus wav wave m4a m4b aac mp4a wma aif aiff ape wv mpc tta alac dsf'.split(' '),
);

/** By the ending of its name. */
export const isMusicFile = (name: string): boolean => AUDIO.has(extname(name).slice(1).toLowerCase());

export interface AudioFile {
  /** From the folder on, with `/`. */
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
}

/**
 * The music files under a folder, in natural order. Hidden files and folders are left out; links are followed to files, not to folders, so
 * that no loop is walked. Folders that may not be read are counted.
 * @throws SegueError FILE_UNREADABLE when the folder itself cannot be read, CANCELLED
 */
export async function audioFiles(
  folder: string,
  signal?: AbortSignal,
): Promise<{ files: AudioFile[]; closed: number }> {
  const files: AudioFile[] = [];
  let closed = 0;
  const walk = async (dir: string): Promise<void> => {
    throwIfCancelled(signal, 'The analysis');
    const deeper: string[] = [];
    const entries = await opendir(dir).catch((cause: unknown) => {
      if (dir !== folder) return null;
      throw new SegueError('FILE_UNREADABLE', {
        got: `${folder} cannot be opened`,
        expected: 'a folder of music files',
        cause,
      });
    });
    if (!entries) {
      closed++;
      return;
    }
    for await (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) deeper.push(path);
      else if ((entry.isFile() || entry.isSymbolicLink()) && isMusicFile(entry.name)) {
        const facts = await stat(path).catch(() => null);
        if (facts?.isFile())
          files.push({
            path: relative(folder, path).split(sep).join('/'),
            size: facts.size,
            mtime: Math.round(facts.mtimeMs),
          });
      }
    }
    for (const path of deeper) await walk(path);
  };
  await walk(folder);
  files.sort((a, b) => natural(a.path, b.path));
  return { files, closed };
}
