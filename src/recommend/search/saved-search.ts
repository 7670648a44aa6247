import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { LibraryApi } from '../../library/library-types.ts';
import { encodeSearch, viewSearch } from './search-file.ts';
import { type SearchParts, TrackSearch } from './track-search.ts';

/** Where a library keeps what was made of its dataset. */
export type DerivedFiles = Pick<LibraryApi, 'loadDerived' | 'saveDerived'>;

/**
 * The search index of a dataset: as it was saved, else built and saved for the next time. A damaged file is replaced, with a warning; a library that
 * cannot be written to does without.
 * @param datasetId of the dataset @param files nothing is read or saved where omitted
 */
export async function searchParts(dataset: Dataset, datasetId: string, files?: DerivedFiles): Promise<SearchParts> {
  const saved = files && (await savedParts(dataset, datasetId, files));
  if (saved) return saved;
  const { parts } = await TrackSearch.build(dataset);
  await files?.saveDerived('search', datasetId, () => encodeSearch(parts, datasetId)).catch(() => false);
  return parts;
}

async function savedParts(dataset: Dataset, datasetId: string, files: DerivedFiles): Promise<SearchParts | null> {
  try {
    const bytes = await files.loadDerived('search', datasetId);
    return bytes && viewSearch(bytes, dataset, datasetId);
  } catch (error) {
    if (error instanceof SegueError) process.emitWarning(`${error.got}. It is built again.`, { code: error.code });
    return null;
  }
}

/** Saves the search index of a library, so that the next start need not build it; what is saved already stays. @throws SegueError LIBRARY_EMPTY */
export async function saveSearch(library: Pick<LibraryApi, 'datasetId' | 'dataset'> & DerivedFiles): Promise<void> {
  const id = await library.datasetId();
  if (id !== null) await searchParts(await library.dataset(), id, library);
}
