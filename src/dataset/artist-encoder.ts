import type { BatchColumns } from './batch-columns.ts';
import type { BatchNames } from './batch-names.ts';
import { type Counts, cleanFollowers, cleanPopularity } from './cleaning.ts';
import { growingInt32 } from './growing.ts';
import { ListsBuilder } from './lists-builder.ts';
import { RawNumbers } from './raw-numbers.ts';
import type { ArtistColumns, ArtistRow } from './rows.ts';

/** Artist rows as columns, taken row by row so that no row is kept; values are cleaned at the end. */
export class ArtistEncoder {
  private readonly names: BatchNames;
  private readonly named = growingInt32();
  private readonly genres = new ListsBuilder();
  private readonly popularity = new RawNumbers();
  private readonly followers = new RawNumbers();

  constructor(names: BatchNames) {
    this.names = names;
  }

  get count(): number {
    return this.named.length;
  }

  add(rows: readonly ArtistRow[]): void {
    const { names, count, genres } = this;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      this.named.push(names.artist(row.name, row.uri));
      this.popularity.put(count + i, row.popularity);
      this.followers.put(count + i, row.followers);
      for (const genre of row.genres ?? []) {
        const number = names.genre(genre);
        if (number >= 0) genres.add(number);
      }
      genres.close();
    }
  }

  /** The same of rows as columns. */
  addColumns({ name, uri, genres, popularity, followers }: ArtistColumns): void {
    const { names, count } = this;
    for (let i = 0; i < name.length; i++) {
      const known = uri && !uri.isEmpty(i);
      this.named.push(known ? names.artist(name.get(i), uri.get(i)) : names.artistAt(name, i));
      if (popularity) this.popularity.put(count + i, popularity[i]!);
      if (followers) this.followers.put(count + i, followers[i]!);
      for (let k = genres.ptr[i]!; k < genres.ptr[i + 1]!; k++) {
        const number = names.genreAt(genres.names, k);
        if (number >= 0) this.genres.add(number);
      }
      this.genres.close();
    }
  }

  finish(cleaning: Counts): BatchColumns['artists'] {
    const { count } = this;
    const popularity = new Int16Array(count);
    const followers = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      popularity[i] = cleanPopularity(this.popularity.get(i), cleaning);
      followers[i] = cleanFollowers(this.followers.get(i), cleaning);
    }
    return { named: this.named.finish(), popularity, followers, genres: this.genres.finish() };
  }
}
