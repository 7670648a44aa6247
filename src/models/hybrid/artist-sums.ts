import { type Region, regionOf } from '../../math/kernels/memory.ts';
import { sumByLabel } from '../../math/kernels/scatter.ts';
import { zero } from '../../math/kernels/score-table.ts';
import { columnMaxima } from '../../math/kernels/spmm.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { STRIDE } from './retrievers.ts';

/** Sums the table of scores by artist, over the artists that have a row. Scratch, overwritten by the next query. */
export class ArtistSums {
  /** places × STRIDE: Σ over the artist's rows of tracks in the group · score */
  readonly sums: Float32Array;
  /** The largest sum in each column. */
  readonly largest: Float32Array;
  private readonly retrieved: RetrieverScores;
  private readonly region: Region;
  private readonly places: Int32Array;
  private readonly met: Int32Array;
  private count = 0;
  /** For each row, the place of its artist (−1 when unknown) and the number of tracks in the row's group. */
  private readonly labels: Int32Array;
  private readonly sizes: Float32Array;

  constructor(retrieved: RetrieverScores) {
    const artists = retrieved.dataset.artists.count;
    const rows = retrieved.rows.groupOf.length;
    this.retrieved = retrieved;
    this.region = regionOf(this);
    this.sums = this.region.float32(artists * STRIDE);
    this.largest = this.region.float32(STRIDE);
    this.labels = this.region.int32(rows);
    this.sizes = this.region.float32(rows);
    this.places = new Int32Array(artists).fill(-1);
    this.met = new Int32Array(artists);
  }

  dispose(): void {
    this.region.free();
  }

  /** Place of an artist; −1 when it has no row that somebody holds, so that its sums are 0. */
  of(artist: number): number {
    return this.places[artist]!;
  }

  /** Sums the table of the last query. */
  read(): void {
    const { rows } = this.retrieved;
    if (!rows.all || this.count === 0) this.label();
    const table = this.sums.subarray(0, this.count * STRIDE);
    zero(table);
    sumByLabel(rows.table, this.labels.subarray(0, rows.all ? rows.fixed : rows.count), this.sizes, table);
    columnMaxima(table, STRIDE, this.largest);
  }

  private label(): void {
    const { places, met, labels, sizes } = this;
    const { rows, groups } = this.retrieved;
    for (let i = 0; i < this.count; i++) places[met[i]!] = -1;
    this.count = 0;
    const { ptr } = groups.members;
    for (let row = 0; row < rows.count; row++) {
      const group = rows.groupOf[row]!;
      // A group that nobody holds says nothing about its artist.
      const artist = group < groups.cold ? groups.artist[group]! : -1;
      sizes[row] = ptr[group + 1]! - ptr[group]!;
      if (artist >= 0 && places[artist]! < 0) {
        places[artist] = this.count;
        met[this.count++] = artist;
      }
      labels[row] = artist < 0 ? -1 : places[artist]!;
    }
  }
}
