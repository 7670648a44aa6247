import { Library } from '../src/library/library.ts';
import { demo } from '../src/sources/demo/demo.ts';

/** Tracks and playlists of the Million Playlist Dataset. */
export const MPD_SIZE = { tracks: '2262292', playlists: '1000000' };

/** A demo-world library in a folder, created if it does not exist yet. One of MPD size takes about ten minutes and several gigabytes. */
export async function mpdLibrary(
  dir: string,
  say: (text: string) => void,
  size: Readonly<Record<string, string>> = MPD_SIZE,
): Promise<Library> {
  const library = await Library.open(dir);
  if ((await library.datasetId()) !== null) return library;
  let last = 0;
  await library.importFiles(demo, [], {
    options: size,
    onProgress: ({ fraction, note }) => {
      if (performance.now() - last < 5000) return;
      last = performance.now();
      say(`${Math.round(100 * fraction)} % ${note}`);
    },
  });
  return library;
}
