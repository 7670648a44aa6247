import { AlbumKey } from './album-key.ts';
import type { BatchColumns } from './batch-columns.ts';
import type { AlbumTable } from './dataset.ts';
import { growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { normaliseName, normalisePlain } from './normalise.ts';
import { TextPool } from './pools.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

/** Albums of many batches, joined by URI, otherwise by main artist and normalised name. */
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

  /**
   * The numbers of albums of a batch, looked up together. @param which of the table of albums @param mainArtists number of the main artist of each
   * track that names one, −1 when unknown
   */
  numbers(albums: BatchColumns['albums'], which: Int32Array, mainArtists: Int32Array): Int32Array {
    const { keys, entry, entryOf } = this.keysOf(albums, which, mainArtists);
    const before = this.keys.size;
    const numbers = this.keys.addAll(keys);
    let next = before;
    for (let e = 0; e < numbers.length; ) {
      if (numbers[e] !== next) {
        e++;
        continue;
      }
      // Consecutive new albums, which most are, are taken together.
      const first = which[entryOf[e]!]!;
      let run = 0;
      for (; e < numbers.length && numbers[e] === next && which[entryOf[e]!] === first + run; e++, run++, next++)
        this.artist.push(mainArtists[entryOf[e]!]!);
      const text = this.texts.putRun(albums.name, first, first + run);
      for (let k = 0; k < run; k++) this.name.push(text + k);
    }
    return entry.map((e) => numbers[e]!);
  }

  /**
   * The keys of albums by first appearance: each once, or once for each of its main artists where it follows another.
   * @returns of each album the place of its key, and of each key the first album that has it
   */
  private keysOf(
    { uri, name }: BatchColumns['albums'],
    which: Int32Array,
    mainArtists: Int32Array,
  ): { keys: StringColumn; entry: Int32Array; entryOf: Int32Array } {
    const keys = new StringColumnBuilder(which.length, uri.heap.length + name.heap.length + 4 * which.length);
    const entry = new Int32Array(which.length);
    const entryOf = new Int32Array(which.length);
    const last = new Int32Array(name.length).fill(-1);
    for (let i = 0; i < which.length; i++) {
      const album = which[i]!;
      const known = last[album]!;
      if (known >= 0 && mainArtists[entryOf[known]!] === mainArtists[i]) {
        entry[i] = known;
        continue;
      }
      entryOf[keys.length] = i;
      entry[i] = last[album] = keys.length;
      if (uri.isEmpty(album)) this.pushNameKey(keys, name, album, mainArtists[i]!);
      else keys.pushRange(uri.heap, uri.offsets[album]!, uri.offsets[album + 1]!);
    }
    return { keys: keys.peek(), entry, entryOf };
  }

  private pushNameKey(keys: StringColumnBuilder, names: StringColumn, i: number, artist: number): void {
    const { heap, offsets } = names;
    const [from, to] = [offsets[i]!, offsets[i + 1]!];
    const at = this.key.begin(artist, to - from);
    const length = normalisePlain(heap, from, to, this.key.bytes, at);
    if (length >= 0) keys.pushRange(this.key.bytes, 0, at + length);
    else keys.push(`${artist}\u0000${normaliseName(names.get(i))}`);
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
