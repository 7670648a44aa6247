import type { BatchColumns } from './batch-columns.ts';
import { Growing } from './growing.ts';
import { Interner } from './interner.ts';
import { normaliseName } from './normalise.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

/** Names, and bytes of them, that columns begin with. */
const FEW = 1 << 5;

/** Keys and the number that each stands for. */
class Numbers {
  /** Made when it is needed: most batches of an archive of thousands are small, and have no albums. */
  private keys: Interner | null = null;
  private readonly numbers = new Growing((n) => new Int32Array(n), 1 << 4);

  /** The number of a key; of a new one it is `next`. */
  of(key: string, next: number): number {
    this.keys ??= new Interner();
    const place = this.keys.addText(key);
    if (place === this.numbers.length) this.numbers.push(next);
    return this.numbers.data[place]!;
  }
}

/** Texts by number, with the id of each where it has one. */
class NamedTable {
  private readonly byUri = new Numbers();
  private readonly byKey = new Numbers();
  private readonly uri = new StringColumnBuilder(FEW, FEW);
  private readonly name = new StringColumnBuilder(FEW, FEW);

  /** @param key tells apart what has no URI */
  number(name: string, uri: string | undefined, key: string): number {
    const next = this.name.length;
    const number = uri ? this.byUri.of(uri, next) : this.byKey.of(key, next);
    if (number === next) {
      this.uri.push(uri ?? '');
      this.name.push(name);
    }
    return number;
  }

  /** Name of a number; null when it has a URI. */
  keyedName(number: number): string | null {
    return this.uri.peek().isEmpty(number) ? this.name.peek().get(number) : null;
  }

  get size(): number {
    return this.name.length;
  }

  /** @param order numbers, in the order in which they shall lie; omitted: all as they are */
  finish(order?: readonly number[]): { uri: StringColumn; name: StringColumn } {
    return { uri: inOrder(this.uri, order), name: inOrder(this.name, order) };
  }
}

const inOrder = (texts: StringColumnBuilder, order?: readonly number[]): StringColumn => {
  if (!order) return texts.finish();
  const { heap, offsets } = texts.peek();
  const out = new StringColumnBuilder(order.length);
  for (const number of order) out.pushRange(heap, offsets[number]!, offsets[number + 1]!);
  return out.finish();
};

/** The distinct artists, albums and genres of a batch, numbered as they come. */
export class BatchNames {
  private readonly artists = new NamedTable();
  private readonly albums = new NamedTable();
  /** Spellings of genres; −1 where nothing is left of one. */
  private readonly spelled = new Map<string, number>();
  private readonly genreOf = new Numbers();
  private readonly genres = new StringColumnBuilder(FEW, FEW);

  artist(name: string, uri: string | undefined): number {
    return this.artists.number(name, uri, name);
  }

  /** @param artist number of the main artist: albums without a URI are told apart by it */
  album(name: string, uri: string | undefined, artist: number): number {
    return this.albums.number(name, uri, uri ? '' : `${artist}\u0000${name}`);
  }

  /** The same album by another main artist. */
  albumOf(album: number, artist: number): number {
    const name = this.albums.keyedName(album);
    return name === null ? album : this.album(name, undefined, artist);
  }

  /** −1 for a name of nothing but space. */
  genre(spelling: string): number {
    let number = this.spelled.get(spelling);
    if (number === undefined) {
      const name = normaliseName(spelling);
      const next = this.genres.length;
      number = name === '' ? -1 : this.genreOf.of(name, next);
      if (number === next) this.genres.push(name);
      this.spelled.set(spelling, number);
    }
    return number;
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
      genres: inOrder(this.genres, used && renumber(used.genres, this.genres.length)),
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
