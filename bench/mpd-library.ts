import { Library } from '../src/library/library.ts';
import { demo } from '../src/sources/demo/demo.ts';

/** Tracks, playlists of the Million Playlist Dataset. */
export const MPD_SIZE = { tracks: '2262292', playlists: '1000000' };

/** The library of the MPD-sized demo world in a folder; made when it is not there yet (some ten minutes, several gigabytes). */
export async function mpdLibrary(dir: string, say: (text: string) => void): Promise<Library> {
  const library = await Library.open(dir);
  if ((await library.datasetId()) !== null) return library;
  let last = 0;
  await library.importFiles(demo, [], {
    options: MPD_SIZE,
    onProgress: ({ fraction, note }) => {
      if (performance.now() - last < 5000) return;
      last = performance.now();
      say(`${Math.round(100 * fraction)} % ${note}`);
    },
  });
  return library;
}
