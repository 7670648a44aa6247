/** An onset is the highest value within this many frames, and exceeds the mean around it by this much. */
const ALONE = 3;
const AROUND = 17;
const ABOVE = 0.6;

/**
 * Onsets per second: local maxima of the onset strength that stand out from the mean of some 0.8 s around them (peak picking after Böck et al. 2012).
 * @param strength mean rise in dB, one per frame @param rate frames per second
 */
export function onsetRate(strength: Float32Array, rate: number): number {
  let onsets = 0;
  let sum = 0;
  for (let i = 0; i < Math.min(AROUND, strength.length); i++) sum += strength[i]!;
  for (let i = 0; i < strength.length; i++) {
    if (i + AROUND < strength.length) sum += strength[i + AROUND]!;
    if (i > AROUND) sum -= strength[i - AROUND - 1]!;
    const around = Math.min(i + AROUND, strength.length - 1) - Math.max(0, i - AROUND) + 1;
    const value = strength[i]!;
    if (value < sum / around + ABOVE) continue;
    let highest = true;
    for (let j = Math.max(0, i - ALONE); j <= Math.min(strength.length - 1, i + ALONE) && highest; j++)
      highest = j < i ? strength[j]! < value : strength[j]! <= value;
    if (highest) onsets++;
  }
  return onsets / (strength.length / rate);
}
