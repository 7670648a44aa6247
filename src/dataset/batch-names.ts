import { AlbumKey } from './album-key.ts';
import type { BatchColumns } from './batch-columns.ts';
import { Growing, growingIds } from './growing.ts';
import { Interner } from './interner.ts';
import { normaliseName, normalisePlain } from './normalise.ts';
import { StringColumn, StringColumnBuilder } from './strings.ts';

/** Names, and bytes of them, that columns begin with. */
const FEW = 1 << 5;
const NO_TEXTS = new StringColumn(new Uint8Array(0), new Uint32Array(1));

/** Keys with their numbers. */
class Numbers {
  /** Made when it is needed: most batches of an archive of thousands are small, and have no albums. */
  private keys: Interner | null = null;
  private readonly numbers = new Growing((n) => new Int32Array(n), 1 << 4);

  /** The number of a key; of a new one it is `next`. */
  of(key: string, next: number): number {
    this.keys ??= new Interner();
    return this.at(this.keys.addText(key), next);
  }

  /** The same of a key of UTF-8 bytes. */
  ofBytes(bytes: Uint8Array, from: number, to: number, next: number): number {
    this.keys ??= new Interner();
    return this.at(this.keys.add(bytes, from, to), next);
  }

  /** The same of a column of keys; the numbers of new ones ascend from `next` on. */
  ofAll(keys: StringColumn, next: number): Int32Array {
    this.keys ??= new Interner();
    const numbers = this.keys.addAll(keys);
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] === this.numbers.length) this.numbers.push(next++);
      numbers[i] = this.numbers.data[numbers[i]!]!;
    }
    return numbers;
  }

  private at(place: number, next: number): number {
    if (place === this.numbers.length) this.numbers.push(next);
    return this.numbers.data[place]!;
  }
}

/** Texts by number, with the id of each where it has one. */
class NamedTable {
  private readonly byUri = new Numbers();
  private readonly byKey = new Numbers();
  /** Made with the first URI: names of tables have none. */
  private uri: StringColumnBuilder | null = null;
  private readonly name = new StringColumnBuilder(FEW, FEW);

  /** @param key distinguishes entries without a URI */
  number(name: string, uri: string | undefined, key: string): number {
    const next = this.name.length;
    const number = uri ? this.byUri.of(uri, next) : this.byKey.of(key, next);
    if (number === next) {
      if (uri) this.uris().push(uri);
      else this.uri?.push('');
      this.name.push(name);
    }
    return number;
  }

  /** The same of name i of a column, without a URI. @param key [from, to) that it has */
  numberAt(names: StringColumn, i: number, key: Uint8Array, from: number, to: number): number {
    const next = this.name.length;
    const number = this.byKey.ofBytes(key, from, to, next);
    if (number === next) this.pushName(names, i);
    return number;
  }

  /** The same of all names of a column, which are not empty. @param keys one per name */
  numbersOf(names: StringColumn, keys: StringColumn): Int32Array {
    let next = this.name.length;
    const numbers = this.byKey.ofAll(keys, next);
    if (!this.uri && numbers.at(-1) === next + numbers.length - 1) {
      // All are new.
      this.name.pushColumn(names);
      return numbers;
    }
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] !== next) continue;
      this.pushName(names, i);
      next++;
    }
    return numbers;
  }

  /** Name of a number; null when it has a URI. */
  keyedName(number: number): string | null {
    return !this.uri || this.uri.peek().isEmpty(number) ? this.name.peek().get(number) : null;
  }

  get size(): number {
    return this.name.length;
  }

  /** @param order the numbers in their new order; omitted: unchanged */
  finish(order?: readonly number[]): { uri: StringColumn; name: StringColumn } {
    const size = order?.length ?? this.size;
    const uri = this.uri
      ? inOrder(this.uri.peek(), order)
      : new StringColumn(new Uint8Array(0), new Uint32Array(size + 1));
    return { uri, name: inOrder(this.name.peek(), order) };
  }

  private pushName(names: StringColumn, i: number): void {
    this.uri?.push('');
    this.name.pushRange(names.heap, names.offsets[i]!, names.offsets[i + 1]!);
  }

  /** The URIs so far; empty without one. */
  private uris(): StringColumnBuilder {
    if (!this.uri) {
      this.uri = new StringColumnBuilder(FEW, FEW);
      for (let i = 0; i < this.size; i++) this.uri.push('');
    }
    return this.uri;
  }
}

const inOrder = (texts: StringColumn, order?: readonly number[]): StringColumn => {
  if (!order) return texts;
  const { heap, offsets } = texts;
  const out = new StringColumnBuilder(order.length);
  for (const number of order) out.pushRange(heap, offsets[number]!, offsets[number + 1]!);
  return out.finish();
};

/** The different artists, albums and genres of a batch, numbered in order of appearance. */
export class BatchNames {
  private readonly artists = new NamedTable();
  private readonly albums = new NamedTable();
  /** Spellings of genres, and the genre of each; −1 where nothing is left of one. */
  private spellings: Interner | null = null;
  private readonly genreOf = growingIds(1 << 4);
  private genres: Interner | null = null;
  private readonly normalised = new Uint8Array(1 << 10);
  private readonly albumKey = new AlbumKey();
  /** Keys of the albums of a part. */
  private albumKeys: StringColumnBuilder | null = null;

  artist(name: string, uri: string | undefined): number {
    return this.artists.number(name, uri, name);
  }

  /** The artist of name i of a column. */
  artistAt(names: StringColumn, i: number): number {
    return this.artists.numberAt(names, i, names.heap, names.offsets[i]!, names.offsets[i + 1]!);
  }

  /** The artists of all names of a column. */
  artistsOf(names: StringColumn): Int32Array {
    return this.artists.numbersOf(names, names);
  }

  /** @param artist number of the main artist, which distinguishes albums without a URI */
  album(name: string, uri: string | undefined, artist: number): number {
    return this.albums.number(name, uri, uri ? '' : `${artist}\u0000${name}`);
  }

  /** The album of name i of a column. */
  albumAt(names: StringColumn, i: number, artist: number): number {
    const [from, to] = [names.offsets[i]!, names.offsets[i + 1]!];
    const at = this.albumKey.begin(artist, to - from);
    const { bytes } = this.albumKey;
    bytes.set(names.heap.subarray(from, to), at);
    return this.albums.numberAt(names, i, bytes, 0, at + to - from);
  }

  /** The albums of all names of a column, none of which is empty. @param mainArtist number of the main artist of name i */
  albumsOf(names: StringColumn, mainArtist: (i: number) => number): Int32Array {
    const { heap, offsets } = names;
    this.albumKeys ??= new StringColumnBuilder(names.length, heap.length + 3 * names.length);
    const { albumKey, albumKeys } = this;
    albumKeys.clear();
    for (let i = 0; i < names.length; i++)
      albumKeys.pushRange(heap, offsets[i]!, offsets[i + 1]!, albumKey.prefix(mainArtist(i)));
    return this.albums.numbersOf(names, albumKeys.peek());
  }

  /** The same album by another main artist. */
  albumOf(album: number, artist: number): number {
    const name = this.albums.keyedName(album);
    return name === null ? album : this.album(name, undefined, artist);
  }

  /** −1 for a name of nothing but space. */
  genre(spelling: string): number {
    this.spellings ??= new Interner();
    const number = this.spellings.addText(spelling);
    if (number === this.genreOf.length) this.genreOf.push(this.genreOfName(normaliseName(spelling)));
    return this.genreOf.data[number]!;
  }

  /** The genre of name i of a column. */
  genreAt(names: StringColumn, i: number): number {
    this.spellings ??= new Interner();
    const { heap, offsets } = names;
    return this.genreOfSpelling(this.spellings.add(heap, offsets[i]!, offsets[i + 1]!), names, i);
  }

  /** The genres of all names of a column; −1 as above. */
  genresOf(names: StringColumn): Int32Array {
    this.spellings ??= new Interner();
    const numbers = this.spellings.addAll(names);
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.genreOfSpelling(numbers[i]!, names, i);
    return numbers;
  }

  /** @param spelling number of name i of the column */
  private genreOfSpelling(spelling: number, names: StringColumn, i: number): number {
    if (spelling === this.genreOf.length) {
      const { heap, offsets } = names;
      const length = normalisePlain(heap, offsets[i]!, offsets[i + 1]!, this.normalised);
      this.genres ??= new Interner();
      this.genreOf.push(
        length >= 0 ? this.genres.add(this.normalised, 0, length) : this.genreOfName(normaliseName(names.get(i))),
      );
    }
    return this.genreOf.data[spelling]!;
  }

  private genreOfName(name: string): number {
    this.genres ??= new Interner();
    return name === '' ? -1 : this.genres.addText(name);
  }

  /**
   * The tables. @param used columns of numbers in the order in which their tables shall lie, which are renumbered in place; omitted: as they came
   */
  finish(used?: {
    artists: readonly Int32Array[];
    albums: readonly Int32Array[];
    genres: readonly Int32Array[];
  }): Pick<BatchColumns, 'named' | 'albums' | 'genres'> {
    return {
      named: this.artists.finish(used && renumber(used.artists, this.artists.size)),
      albums: this.albums.finish(used && renumber(used.albums, this.albums.size)),
      genres: inOrder(this.genres?.finish() ?? NO_TEXTS, used && renumber(used.genres, this.genres?.size ?? 0)),
    };
  }
}

/** Numbers anew by first use; −1 stays. @returns the old numbers in their new order */
function renumber(columns: readonly Int32Array[], count: number): number[] {
  const order: number[] = [];
  const renumbered = new Int32Array(count).fill(-1);
  for (const column of columns)
    for (let i = 0; i < column.length; i++) {
      const old = column[i]!;
      if (old < 0) continue;
      if (renumbered[old]! < 0) renumbered[old] = order.push(old) - 1;
      column[i] = renumbered[old]!;
    }
  return order;
}
