import { growingIds, growingInt32 } from './growing.ts';
import { LyricsPool, type LyricsRows, type LyricsTable } from './lyrics-table.ts';

/** Merges rows of lyrics into tracks. As of all measures the last one counts: a text that changed is measured again. */
export class LyricsMerger {
  private readonly rowOf = growingIds(0);
  /** By row its number in the pool. */
  private readonly number = growingInt32();
  private readonly pool = new LyricsPool();

  adopt(table: LyricsTable | undefined): void {
    if (!table) return;
    this.rowOf.adopt(table.row);
    for (let row = 0; row + 1 < table.ptr.length; row++) this.number.push(this.pool.put(table, row));
  }

  /** @param tracks numbers of the batch's tracks */
  add(tracks: Int32Array, rows: LyricsRows | undefined): void {
    if (!rows) return;
    for (let i = 0; i < tracks.length; i++) {
      if (rows.ptr[i] === rows.ptr[i + 1]) continue;
      const track = tracks[i]!;
      this.rowOf.extend(track + 1);
      const number = this.pool.put(rows, i);
      const row = this.rowOf.data[track]!;
      if (row >= 0) this.number.data[row] = number;
      else {
        this.rowOf.data[track] = this.number.length;
        this.number.push(number);
      }
    }
  }

  /** undefined when no track has any. */
  finish(tracks: number): LyricsTable | undefined {
    if (this.number.length === 0) return undefined;
    this.rowOf.extend(tracks);
    return { row: this.rowOf.finish(), ...this.pool.gather(this.number.data, this.number.length) };
  }
}
