import type { Dataset } from '../../dataset/dataset.ts';
import { type Batch, emptyBatch } from '../../dataset/rows.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { ImportReport, LibraryApi } from '../../library/library-types.ts';
import { Resolver } from '../../listeners/resolve/resolver.ts';
import { type AnalysedFile, ownFiles, ownUri, rowOfFile } from '../../sources/own-files/own-files.ts';
import type { SoundLog } from '../../sources/own-files/sound-log.ts';
import { turn } from '../../turn/turn.ts';

const BATCH = 2000;
/** Songs that are matched before other work may run. */
const BREATH = 200;

export interface TakenIn {
  /** Files whose song the catalogue has under another id, and those that go by their own (`ownUri`). */
  readonly matched: number;
  readonly own: number;
  readonly report: ImportReport;
}

/**
 * Takes the songs of analysed files into the library, with what was measured in them: a song that the catalogue has under another id (by
 * MusicBrainz recording, ISRC or names) lends it its sound, any other gets an id of its own behind all others. The same log again replaces
 * what it brought before.
 * @param dataset of the library; null if it is empty
 * @throws SegueError LIBRARY_BUSY, CANCELLED
 */
export async function takeIn(
  library: Pick<LibraryApi, 'importBatches'>,
  dataset: Dataset | null,
  log: Pick<SoundLog, 'files' | 'folder'>,
  signal?: AbortSignal,
): Promise<TakenIn> {
  const resolver = dataset && (await Resolver.build(dataset));
  const counts = { matched: 0, own: 0 };
  async function* batches(): AsyncGenerator<Batch> {
    let batch = emptyBatch();
    let done = 0;
    for (const file of log.files.values()) {
      if ('problem' in file) continue;
      const uri = resolver ? uriIn(resolver, file) : ownUri(file);
      counts[uri === ownUri(file) ? 'own' : 'matched']++;
      batch.tracks.push(rowOfFile(file, uri));
      if (++done % BREATH === 0) await turn();
      if (batch.tracks.length < BATCH) continue;
      throwIfCancelled(signal, 'The import');
      yield batch;
      batch = emptyBatch();
    }
    yield batch;
  }
  const report = await library.importBatches(ownFiles, log.folder, batches(), { signal });
  return { ...counts, report };
}

/** The catalogue's id of a file's song. A match with another file's song does not count: two files are two recordings. */
function uriIn(resolver: Resolver, file: AnalysedFile): string {
  const own = ownUri(file);
  const { tags } = file;
  const { track } = resolver.resolve({
    title: tags.title,
    artists: [...tags.artists],
    ...(tags.album !== undefined && { album: tags.album }),
    ...(tags.durationMs > 0 && { durationMs: tags.durationMs }),
    ...(tags.mbid !== undefined && { mbid: tags.mbid }),
    ...(tags.isrc !== undefined && { isrc: tags.isrc }),
  });
  if (track < 0) return own;
  const uri = resolver.dataset.tracks.vocabulary.id(track);
  return uri.startsWith('own-files:') ? own : uri;
}
