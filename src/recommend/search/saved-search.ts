import type { Dataset } from '../../dataset/dataset.ts';
import type { Derived } from '../../library/file-names.ts';
import type { LibraryApi } from '../../library/library-types.ts';
import { buildTitleParts, encodeTitles, type TitleParts, viewTitles } from '../../models/title/title-parts.ts';
import { savedValue } from '../saved-value.ts';
import { encodeSearch, viewSearch } from './search-file.ts';
import { type SearchParts, TrackSearch } from './track-search.ts';

/** Storage in the library for data derived from its dataset. */
export type DerivedFiles = Pick<LibraryApi, 'loadDerived' | 'saveDerived'>;

/** How something is derived from a dataset, and how its file is read and written. */
interface Form<T> {
  readonly kind: Derived;
  build(): Promise<T> | T;
  encode(value: T): readonly Uint8Array[];
  /** Null when the file belongs to another dataset or version. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
  view(bytes: Uint8Array): T | null;
}

/**
 * The search index of a dataset: loaded if saved, otherwise built and saved for the next time. A damaged file is replaced, with a warning; a library
 * that cannot be written to goes without.
 * @param files nothing is read or saved when omitted
 */
export const searchParts = (dataset: Dataset, datasetId: string, files?: DerivedFiles): Promise<SearchParts> =>
  savedOrBuilt(datasetId, files, {
    kind: 'search',
    build: async () => (await TrackSearch.build(dataset)).parts,
    encode: (parts) => encodeSearch(parts, datasetId),
    view: (bytes) => viewSearch(bytes, dataset, datasetId),
  });

/** The index of owners by title, likewise. */
export const titleParts = ({ owners }: Dataset, datasetId: string, files?: DerivedFiles): Promise<TitleParts> =>
  savedOrBuilt(datasetId, files, {
    kind: 'titles',
    build: () => buildTitleParts(owners.titles),
    encode: (parts) => encodeTitles(parts, datasetId),
    view: (bytes) => viewTitles(bytes, owners.count, datasetId),
  });

async function savedOrBuilt<T>(datasetId: string, files: DerivedFiles | undefined, form: Form<T>): Promise<T> {
  const saved = files && (await savedValue(files, form.kind, datasetId, form.view));
  if (saved) return saved;
  const value = await form.build();
  await files?.saveDerived(form.kind, datasetId, () => form.encode(value)).catch(() => false);
  return value;
}

/**
 * Saves the indexes of names and titles of a library, so that the next start need not build them; those already saved are kept. @throws SegueError
 * LIBRARY_EMPTY
 */
export async function saveSearch(library: Pick<LibraryApi, 'datasetId' | 'dataset'> & DerivedFiles): Promise<void> {
  const id = await library.datasetId();
  if (id === null) return;
  const dataset = await library.dataset();
  await searchParts(dataset, id, library);
  await titleParts(dataset, id, library);
}
