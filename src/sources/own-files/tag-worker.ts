import { extname } from 'node:path';
import { parseFile } from 'music-metadata';
import { serveTasks } from '../../math/task-worker.ts';
import { isSystemError, undecodable } from './decoding.ts';
import { type ReadTags, songTags } from './tags.ts';

/** A system error, whose code would be lost between threads. */
export interface Refused {
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
}

const tasks = {
  async read({ path, relative }: { path: string; relative: string }): Promise<ReadTags | Refused> {
    const extension = extname(path).slice(1).toLowerCase();
    try {
      const metadata = await parseFile(path, { skipCovers: true, duration: false });
      const { codec = '', numberOfChannels = 0 } = metadata.format;
      return { tags: songTags(metadata, relative), format: { extension, codec, channels: numberOfChannels } };
    } catch (cause) {
      if (isSystemError(cause)) return { code: cause.code, syscall: cause.syscall ?? '', message: cause.message };
      throw undecodable('Its headers cannot be read', undefined, cause);
    }
  },
};
export type TagTasks = typeof tasks;
serveTasks(tasks);
