import { workerData } from 'node:worker_threads';
import type { Batch } from '../../dataset/rows.ts';
import { openShared, type SharedDataset, shareDataset } from '../../dataset/shared-dataset.ts';
import type { ForgetChoice } from '../../library/forget.ts';
import { Library } from '../../library/library.ts';
import type { ForgetReport, ImportReport, Origin } from '../../library/library-types.ts';
import type { ManifestSegment } from '../../library/manifest.ts';
import type { KnownState } from '../../library/state.ts';
import { askParent, serveTasks } from '../../math/task-worker.ts';
import { giveWay } from '../answering/give-way.ts';

/** A dataset in shared memory and the segments that it was made of. */
export interface SharedState {
  readonly segments: readonly ManifestSegment[];
  readonly dataset: SharedDataset;
}

export interface BesideSetup {
  readonly dir: string;
  /** The state already loaded: only later segments are read. */
  readonly known: SharedState | null;
}

/** Asks for the next batch of an import. */
export interface NextBatch {
  readonly next: number;
}

const { dir, known } = workerData as BesideSetup;
giveWay();
const opening = Library.open(dir).then((library) => {
  if (known) hold(library, known);
  return library;
});
const stopped = new Map<number, AbortController>();

/** While this dataset is held, the library builds the next one on it. */
let held: KnownState | null = null;

function hold(library: Library, { segments, dataset }: SharedState): void {
  held = { segments, dataset: openShared(dataset) };
  library.know(held);
}

async function changed<T>(change: (library: Library) => Promise<T>): Promise<T> {
  const library = await opening;
  const report = await change(library);
  // It is about to be read; an empty library is allowed here.
  held = await library.state().catch(() => null);
  return report;
}

async function* batchesOf(id: number): AsyncGenerator<Batch> {
  for (;;) {
    const batch = (await askParent({ next: id } satisfies NextBatch)) as Batch | null;
    if (batch === null) return;
    yield batch;
  }
}

const tasks = {
  async read(_: null): Promise<SharedState> {
    const library = await opening;
    const { segments, dataset } = await library.state();
    const shared = { segments, dataset: shareDataset(dataset) };
    hold(library, shared);
    return shared;
  },

  async importBatches(input: {
    readonly id: number;
    readonly origin: Origin;
    readonly name: string;
  }): Promise<ImportReport> {
    const { id, origin, name } = input;
    const stop = new AbortController();
    stopped.set(id, stop);
    try {
      const options = { signal: stop.signal };
      return await changed((library) => library.importBatches(origin, name, batchesOf(id), options));
    } finally {
      stopped.delete(id);
    }
  },

  async stop(id: number): Promise<void> {
    stopped.get(id)?.abort();
  },

  async forget(choice: ForgetChoice): Promise<ForgetReport> {
    return changed((library) => library.forget(choice));
  },
};
export type BesideTasks = typeof tasks;
serveTasks(tasks, { together: true });
