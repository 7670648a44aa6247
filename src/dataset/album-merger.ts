import { AlbumKey } from './album-key.ts';
import type { BatchColumns } from './batch-columns.ts';
import type { AlbumTable } from './dataset.ts';
import { growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { normaliseName, normalisePlain } from './normalise.ts';
import { TextPool } from './pools.ts';
import type { StringColumn } from './strings.ts';

/** Albums of many batches joined by URI, else by main artist and normalised name. */
export class AlbumMerger {
  private keys = new Interner();
  private readonly key = new AlbumKey();
  private readonly name = growingInt32();
  private readonly artist = growingIds();
  private readonly texts = new TextPool();

  /** Begins with the albums of a dataset: they keep their numbers. */
  adopt({ keys, names, artist }: AlbumTable): void {
    this.keys = Interner.of(keys!);
    this.name.adopt(this.texts.adopt(names));
    this.artist.adopt(artist);
  }

  get count(): number {
    return this.name.length;
  }

  /** @param artist number of the main artist of the track that names the album, −1 when unknown */
  number(albums: BatchColumns['albums'], i: number, artist: number): number {
    const before = this.keys.size;
    const { heap, offsets } = albums.uri;
    const number = albums.uri.isEmpty(i)
      ? this.numberOfName(albums.name, i, artist)
      : this.keys.add(heap, offsets[i]!, offsets[i + 1]!);
    if (number === before) {
      this.name.push(this.texts.put(albums.name, i));
      this.artist.push(artist);
    }
    return number;
  }

  private numberOfName(names: StringColumn, i: number, artist: number): number {
    const { heap, offsets } = names;
    const [from, to] = [offsets[i]!, offsets[i + 1]!];
    const at = this.key.begin(artist, to - from);
    const length = normalisePlain(heap, from, to, this.key.bytes, at);
    if (length >= 0) return this.keys.add(this.key.bytes, 0, at + length);
    return this.keys.addText(`${artist}\u0000${normaliseName(names.get(i))}`);
  }

  /** The albums; the merger is empty then. */
  finish(): AlbumTable {
    const { count } = this;
    const keys = this.keys.finish();
    this.keys = new Interner();
    const names = this.texts.gather(this.name.data, count);
    this.name.discard();
    return { count, keys, names, artist: this.artist.take() };
  }
}
