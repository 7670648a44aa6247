import type { BatchColumns } from './batch-columns.ts';
import type { ArtistTable } from './dataset.ts';
import { growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { normalisePlain } from './normalise.ts';
import { growingInt16, ListPool, TextPool } from './pools.ts';
import { StringColumnBuilder } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

const NAME = new TextEncoder().encode('name:');

/** Artists of many batches, joined by URI, otherwise by normalised name, and numbered in order of first appearance. */
export class ArtistMerger {
  private readonly uris = new Interner();
  private readonly artistOfUri = growingIds();
  /** Normalised names; the first artist of a name has it. */
  private readonly keys = new Interner();
  private readonly artistOfKey = growingIds();
  private readonly normalised = new Uint8Array(1 << 10);
  /** Names as written that are not plain, so that each spelling is normalised once. */
  private readonly spellings = new Interner();
  private readonly keyOfSpelling = growingInt32();
  /** One per artist up to the last that has one: URI number or −1. */
  private readonly uri = growingIds(0);
  /** One per artist: key number, text. */
  private readonly key = growingInt32();
  private readonly name = growingInt32();
  /** One per artist as soon as rows of artists have come. */
  private readonly popularity = growingInt16();
  private readonly followers = growingIds();
  private readonly genres = growingInt32();
  private readonly texts = new TextPool();
  private readonly genreLists = new ListPool();

  /** Begins with the artists of a dataset: they keep their numbers. Names tell their keys; an id that is no key is a URI. */
  adopt({ count, vocabulary, names, popularity, followers, genres }: ArtistTable): void {
    const { heap, offsets } = vocabulary.ids;
    for (let a = 0; a < count; a++) {
      const key = this.keys.addName(names.heap, names.offsets[a]!, names.offsets[a + 1]!);
      this.artistOfKey.extend(key + 1);
      if (this.artistOfKey.data[key]! < 0) this.artistOfKey.data[key] = a;
      this.key.push(key);
      if (startsWithName(heap, offsets[a]!, offsets[a + 1]!)) continue;
      this.setUri(a, this.uris.add(heap, offsets[a]!, offsets[a + 1]!));
    }
    this.name.adopt(this.texts.adopt(names));
    this.popularity.adopt(popularity);
    this.followers.adopt(followers);
    this.genres.adopt(this.genreLists.adopt(genres));
  }

  get count(): number {
    return this.key.length;
  }

  /** Artist numbers of a batch's table of named artists. */
  numbers(named: BatchColumns['named']): Int32Array {
    const numbers = new Int32Array(named.uri.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.number(named, i);
    return numbers;
  }

  /** Adds what artist rows say; where two know the same thing the first one counts. */
  addRows(rows: BatchColumns['artists'], numbers: Int32Array, genreNumbers: Int32Array): void {
    if (rows.named.length > 0) this.extendFacts();
    for (let i = 0; i < rows.named.length; i++) {
      const artist = numbers[rows.named[i]!]!;
      if (this.popularity.data[artist]! < 0) this.popularity.data[artist] = rows.popularity[i]!;
      if (this.followers.data[artist]! < 0) this.followers.data[artist] = rows.followers[i]!;
      if (this.genres.data[artist] === 0 && rows.genres.ptr[i] !== rows.genres.ptr[i + 1])
        this.genres.data[artist] = this.genreLists.put(rows.genres, i, genreNumbers);
    }
  }

  /** The artists; the merger is empty then. */
  finish(): ArtistTable {
    const { count } = this;
    this.extendFacts();
    this.artistOfUri.discard();
    this.artistOfKey.discard();
    this.spellings.discard();
    this.keyOfSpelling.discard();
    const uris = this.uris.finish();
    const keys = this.keys.finish();
    const ids = new StringColumnBuilder(count, uris.heap.length + keys.heap.length + NAME.length * count);
    for (let a = 0; a < count; a++) {
      const uri = this.uriOf(a);
      const key = this.key.data[a]!;
      if (uri >= 0) ids.pushRange(uris.heap, uris.offsets[uri]!, uris.offsets[uri + 1]!);
      else ids.pushRange(keys.heap, keys.offsets[key]!, keys.offsets[key + 1]!, NAME);
    }
    this.uris.discard();
    this.keys.discard();
    this.uri.discard();
    this.key.discard();
    const table = {
      count,
      vocabulary: new Vocabulary(ids.peek()),
      names: this.texts.gather(this.name.data, count),
      popularity: this.popularity.take(),
      followers: this.followers.take(),
      genres: this.genreLists.gather(this.genres.data, count),
    };
    this.name.discard();
    this.genres.discard();
    return table;
  }

  private number(named: BatchColumns['named'], i: number): number {
    if (named.uri.isEmpty(i)) {
      const key = this.keyNumber(named, i);
      const known = this.artistOfKey.data[key]!;
      if (known >= 0) return known;
      const artist = this.create(named, i, key);
      this.artistOfKey.data[key] = artist;
      return artist;
    }
    const before = this.uris.size;
    const { heap, offsets } = named.uri;
    const uri = this.uris.add(heap, offsets[i]!, offsets[i + 1]!);
    if (uri < before) return this.artistOfUri.data[uri]!;
    const key = this.keyNumber(named, i);
    // A name seen before without a URI is this artist; with another URI it is a namesake.
    const namesake = this.artistOfKey.data[key]!;
    const artist = namesake >= 0 && this.uriOf(namesake) < 0 ? namesake : this.create(named, i, key);
    this.setUri(artist, uri);
    if (namesake < 0) this.artistOfKey.data[key] = artist;
    return artist;
  }

  private keyNumber(named: BatchColumns['named'], i: number): number {
    const { heap, offsets } = named.name;
    const [from, to] = [offsets[i]!, offsets[i + 1]!];
    const length = normalisePlain(heap, from, to, this.normalised);
    if (length >= 0) {
      const key = this.keys.add(this.normalised, 0, length);
      this.artistOfKey.extend(key + 1);
      return key;
    }
    const before = this.spellings.size;
    const spelling = this.spellings.add(heap, from, to);
    if (spelling < before) return this.keyOfSpelling.data[spelling]!;
    const key = this.keys.addName(heap, from, to);
    this.keyOfSpelling.push(key);
    this.artistOfKey.extend(key + 1);
    return key;
  }

  private create(named: BatchColumns['named'], i: number, key: number): number {
    const artist = this.count;
    this.key.push(key);
    this.name.push(this.texts.put(named.name, i));
    return artist;
  }

  private uriOf(artist: number): number {
    return artist < this.uri.length ? this.uri.data[artist]! : -1;
  }

  /** @param uri the last number that was given */
  private setUri(artist: number, uri: number): void {
    this.uri.extend(artist + 1);
    this.uri.data[artist] = uri;
    this.artistOfUri.push(artist);
  }

  private extendFacts(): void {
    for (const column of [this.popularity, this.followers, this.genres]) column.extend(this.count);
  }
}

function startsWithName(heap: Uint8Array, from: number, to: number): boolean {
  if (to - from < NAME.length) return false;
  for (let i = 0; i < NAME.length; i++) if (heap[from + i] !== NAME[i]) return false;
  return true;
}
