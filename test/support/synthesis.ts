/** Synthetic sound for tests, with known content. */

/** `seconds` of a sine. @param level peak, 1 = full scale */
export function sine(hertz: number, level: number, seconds: number, rate: number): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, i) => level * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

/** Adds a decaying sine at a given time. */
function strike(
  into: Float32Array,
  rate: number,
  at: number,
  { hertz, level, seconds }: { hertz: number; level: number; seconds: number },
): void {
  const from = Math.round(at * rate);
  const count = Math.min(into.length - from, Math.round(seconds * rate));
  for (let i = 0; i < count; i++)
    into[from + i]! += level * Math.sin((2 * Math.PI * hertz * i) / rate) * Math.exp((-5 * i) / (seconds * rate));
}

/** A drum on every beat, alternating low and high. @param hats also adds a quiet hi-hat on every half beat */
export function drums(bpm: number, seconds: number, rate: number, hats = false): Float32Array {
  const out = new Float32Array(seconds * rate);
  const beat = 60 / bpm;
  for (let b = 0; b * beat < seconds; b++) {
    strike(out, rate, b * beat, { hertz: b % 2 === 0 ? 80 : 220, level: 0.6, seconds: 0.15 });
    if (!hats) continue;
    for (const half of [0, 0.5])
      if ((b + half) * beat < seconds)
        strike(out, rate, (b + half) * beat, { hertz: 7000, level: 0.15, seconds: 0.04 });
  }
  return out;
}

/** Chords of one second each, I–IV–V–I (in minor i–iv–V–i), repeated, with four overtones. @param tonic 0 = C @param tuning of A4 in Hz */
export function cadence(tonic: number, major: boolean, seconds: number, rate: number, tuning = 440): Float32Array {
  const out = new Float32Array(seconds * rate);
  const triads = major
    ? [
        [0, 4, 7],
        [5, 9, 12],
        [7, 11, 14],
        [0, 4, 7],
      ]
    : [
        [0, 3, 7],
        [5, 8, 12],
        [7, 11, 14],
        [0, 3, 7],
      ];
  for (let s = 0; s < seconds; s++)
    for (const step of triads[s % 4]!)
      for (let overtone = 1; overtone <= 5; overtone++)
        strike(out, rate, s, {
          hertz: overtone * tuning * 2 ** ((tonic + step - 9) / 12),
          level: 0.08 / overtone,
          seconds: 1,
        });
  return out;
}

/** Bytes of a WAV file of 16-bit samples. @param channels equally long */
export function wavBytes(channels: readonly Float32Array[], rate: number): Uint8Array {
  const frames = channels[0]!.length;
  const size = frames * channels.length * 2;
  const bytes = Buffer.alloc(44 + size);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + size, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels.length * 2, 28);
  bytes.writeUInt16LE(channels.length * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(size, 40);
  let at = 44;
  for (let i = 0; i < frames; i++)
    for (const channel of channels) {
      bytes.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(channel[i]! * 32767))), at);
      at += 2;
    }
  return bytes;
}
