import type { SoundTable } from './dataset.ts';
import { Growing } from './growing.ts';
import { SOUND_WIDTH } from './sound-measures.ts';

/** Merges rows of sound into tracks. Unlike everything else the last one counts: a file that changed is measured again. */
export class SoundMerger {
  private readonly rowOf = new Growing((n) => new Int32Array(n).fill(-1), 0);
  private readonly values = new Growing((n) => new Float32Array(n), 0);

  adopt(sound: SoundTable | undefined): void {
    if (!sound) return;
    this.rowOf.adopt(sound.row);
    this.values.adopt(sound.values);
  }

  /** @param tracks numbers of the batch's tracks @param sound tracks × SOUND_WIDTH, or empty; rows that are NaN throughout are none */
  add(tracks: Int32Array, sound: Float32Array): void {
    if (sound.length === 0) return;
    for (let i = 0; i < tracks.length; i++) {
      const row = sound.subarray(i * SOUND_WIDTH, (i + 1) * SOUND_WIDTH);
      if (row.every(Number.isNaN)) continue;
      const track = tracks[i]!;
      this.rowOf.extend(track + 1);
      if (this.rowOf.data[track]! < 0) {
        this.rowOf.data[track] = this.values.length / SOUND_WIDTH;
        this.values.extend(this.values.length + SOUND_WIDTH);
      }
      this.values.data.set(row, this.rowOf.data[track]! * SOUND_WIDTH);
    }
  }

  /** undefined when no track has any. */
  finish(tracks: number): SoundTable | undefined {
    if (this.values.length === 0) return undefined;
    this.rowOf.extend(tracks);
    return { row: this.rowOf.finish(), values: this.values.finish() };
  }
}
