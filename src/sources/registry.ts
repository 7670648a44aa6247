import { SegueError } from '../errors.ts';
import { artists } from './artists.ts';
import { demo } from './demo/demo.ts';
import { interactions } from './interactions.ts';
import { lyrics } from './lyrics/lyrics.ts';
import { mpd } from './mpd.ts';
import { acousticbrainz } from './open/acousticbrainz.ts';
import { fma } from './open/fma.ts';
import { harmonix } from './open/harmonix.ts';
import { listenbrainz } from './open/listenbrainz.ts';
import { musicbrainz } from './open/musicbrainz.ts';
import { ownFiles } from './own-files/own-files.ts';
import { parquetSet } from './parquet-set/parquet-set.ts';
import type { Source } from './source.ts';
import { tracks } from './tracks.ts';

/** Every source, one line each. CLI, docs and the import threads read this list. */
export const SOURCES: readonly Source[] = [
  demo,
  mpd,
  tracks,
  artists,
  interactions,
  ownFiles,
  lyrics,
  parquetSet,
  listenbrainz,
  musicbrainz,
  acousticbrainz,
  fma,
  harmonix,
];

/** @throws SegueError USAGE naming those that exist */
export function sourceById(id: string): Source {
  const source = SOURCES.find((s) => s.id === id);
  if (!source)
    throw new SegueError('USAGE', {
      got: `There is no source "${id}"`,
      expected: `one of ${SOURCES.map((s) => s.id).join(', ')}`,
    });
  return source;
}
