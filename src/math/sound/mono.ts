/** Mixes channels to one by their mean. */
export class Mono {
  private mixed = new Float32Array(0);

  /** @param channels equally long @returns the only channel, or a view that the next call overwrites */
  mix(channels: readonly Float32Array[]): Float32Array {
    if (channels.length === 1) return channels[0]!;
    const { length } = channels[0]!;
    if (this.mixed.length < length) this.mixed = new Float32Array(length);
    const mono = this.mixed.subarray(0, length);
    if (channels.length === 2) {
      const [left, right] = channels as [Float32Array, Float32Array];
      for (let i = 0; i < length; i++) mono[i] = (left[i]! + right[i]!) / 2;
      return mono;
    }
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let c = 0; c < channels.length; c++) sum += channels[c]![i]!;
      mono[i] = sum / channels.length;
    }
    return mono;
  }
}
