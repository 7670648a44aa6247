import type { SharedDataset } from '../../dataset/shared-dataset.ts';
import type { MatchedSong, OwnSongMatcher } from '../../listeners/resolve/own-song-matcher.ts';
import { TaskThread } from '../../math/task-thread.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import type { SharedFiles } from '../answering/shared-files.ts';
import type { OwnSongTasks } from './thread.ts';

const THREAD = new URL('./thread.ts', import.meta.url);
/** Milliseconds after which an idle thread is ended: its table of names takes as much memory as the catalogue. */
const IDLE = 30_000;

/**
 * Matches listeners' songs on a thread of its own, started when needed. Building its table takes seconds with a large catalogue, too long for the
 * answering threads.
 */
export class OwnSongs implements OwnSongMatcher {
  private readonly files: Pick<SharedFiles, 'dataset'>;
  private thread: { readonly dataset: SharedDataset; readonly tasks: TaskThread<OwnSongTasks> } | null = null;
  private asked = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(files: Pick<SharedFiles, 'dataset'>) {
    this.files = files;
  }

  async match(songs: readonly SongName[]): Promise<MatchedSong[]> {
    clearTimeout(this.idle);
    this.asked++;
    try {
      const dataset = await this.files.dataset();
      if (this.thread?.dataset !== dataset || this.thread.tasks.over) {
        const former = this.thread?.tasks;
        const tasks = new TaskThread<OwnSongTasks>(THREAD, dataset, 'Matching songs', { background: true });
        this.thread = { dataset, tasks };
        // Earlier questions are answered first.
        void former
          ?.run('match', [])
          .catch(() => {})
          .then(() => former.end());
      }
      return await this.thread.tasks.run('match', songs);
    } finally {
      if (--this.asked === 0) {
        this.idle = setTimeout(() => void this.close(), IDLE);
        this.idle.unref();
      }
    }
  }

  /** Ends the thread; pending questions are CANCELLED. */
  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { thread } = this;
    this.thread = null;
    await thread?.tasks.end();
  }
}
