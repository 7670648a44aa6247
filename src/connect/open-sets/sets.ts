import { fma } from '../../sources/open/fma.ts';
import { harmonix } from '../../sources/open/harmonix.ts';
import type { Source } from '../../sources/source.ts';

/** A freely licensed data set that its publisher offers as a file. */
export interface OpenSet {
  readonly id: string;
  /** What is in it, in a sentence. */
  readonly holds: string;
  readonly url: string;
  /** Name of the file on this machine. */
  readonly file: string;
  /** Size in bytes, for the announcement; the download is bounded by twice this. */
  readonly bytes: number;
  /** Hash of the file as published. */
  readonly hash: { readonly algorithm: 'sha256' | 'sha1'; readonly hex: string };
  /** Reads the file; its title, licence and citation are the set's. */
  readonly source: Source;
}

/** Every set that `segue fetch open` knows, one entry each. */
export const OPEN_SETS: readonly OpenSet[] = [
  {
    id: 'harmonix',
    holds: '912 well-known songs with tempo, metre and genre',
    url: 'https://raw.githubusercontent.com/urinieto/harmonixset/dd29db356d03e0a0ae923d1c095112de2df6c5c4/dataset/metadata.csv',
    file: 'harmonix-metadata.csv',
    bytes: 157_726,
    hash: { algorithm: 'sha256', hex: '0c9202a10e95562c60341c758a180e6ff562f73937b7d1b51537520382d6b86b' },
    source: harmonix,
  },
  {
    id: 'fma',
    holds:
      '106,574 tracks of the Free Music Archive with artists, albums and genres, 13,129 of them with audio features',
    url: 'https://os.unil.cloud.switch.ch/fma/fma_metadata.zip',
    file: 'fma_metadata.zip',
    bytes: 342 * 2 ** 20,
    // The publisher names this hash.
    hash: { algorithm: 'sha1', hex: 'f0df49ffe5f2a6008d7dc83c6915b31835dfe733' },
    source: fma,
  },
];
