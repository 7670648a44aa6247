import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SegueError } from '../errors.ts';
import { receive, type Upload } from './uploads.ts';

const MOST_FILES = 100;
/** An uploaded file that is never imported is deleted after this time. */
const ABANDONED_MS = 3_600_000;

/** Files that listeners uploaded for import; deleted once imported, or after an hour. */
export class BroughtFiles {
  private readonly files = new Map<string, { listener: string; upload: Upload; timer: NodeJS.Timeout }>();

  /** @throws SegueError BODY_TOO_LARGE, USAGE */
  async take(listener: string, body: Readable | undefined, name: string): Promise<string> {
    const own = [...this.files.values()].filter((file) => file.listener === listener);
    if (own.length >= MOST_FILES) {
      body?.resume();
      throw new SegueError('USAGE', {
        got: `${own.length} files are waiting to be imported`,
        expected: `at most ${MOST_FILES}`,
        remedy: 'Zip the folder and send one file',
      });
    }
    const upload = await receive(body, name);
    const id = randomUUID();
    const timer = setTimeout(() => void this.discard([id]), ABANDONED_MS).unref();
    this.files.set(id, { listener, upload, timer });
    return id;
  }

  /** @throws SegueError NOT_FOUND */
  paths(listener: string, ids: readonly string[]): string[] {
    return ids.map((id) => {
      const file = this.files.get(id);
      if (file?.listener !== listener) throw new SegueError('NOT_FOUND', { got: `There is no file "${id}" waiting` });
      return file.upload.path;
    });
  }

  async discard(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const file = this.files.get(id);
      this.files.delete(id);
      clearTimeout(file?.timer);
      await file?.upload.discard();
    }
  }

  /** Deletes waiting files, of one listener or of everyone. */
  clear(listener?: string): Promise<void> {
    return this.discard(
      [...this.files].filter(([, file]) => listener === undefined || file.listener === listener).map(([id]) => id),
    );
  }
}
