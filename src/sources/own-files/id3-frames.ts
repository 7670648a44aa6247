import { open } from 'node:fs/promises';

const HEADER = 10;
/** By the format's major version: bytes of a frame's header, and its size as the header gives it (id3.org, ID3v2 §3 and §4). */
const FRAMES: Readonly<Record<number, { header: number; sizeOf(bytes: Buffer): number }>> = {
  2: { header: 6, sizeOf: (bytes) => bytes.readUIntBE(3, 3) },
  3: { header: 10, sizeOf: (bytes) => bytes.readUInt32BE(4) },
  4: { header: 10, sizeOf: (bytes) => syncSafe(bytes, 4) },
};
const FRAME_ID = /^[A-Z0-9]{3,4}$/;

/** A number of four bytes of seven bits each. */
const syncSafe = (bytes: Buffer, at: number): number =>
  (bytes[at]! << 21) | (bytes[at + 1]! << 14) | (bytes[at + 2]! << 7) | bytes[at + 3]!;

/**
 * Whether the ID3v2 tag at the start of a file has more than `most` frames. Only their headers are read, so that pictures of any size cost nothing.
 * @throws errors of the system
 */
export async function hasMoreFrames(path: string, most: number): Promise<boolean> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(HEADER);
    await file.read(bytes, 0, HEADER, 0);
    const format = bytes.toString('latin1', 0, 3) === 'ID3' ? FRAMES[bytes[3]!] : undefined;
    if (!format) return false;
    const end = HEADER + syncSafe(bytes, 6);
    // So small a tag has no room for more.
    if (end <= most * format.header) return false;
    let frames = 0;
    for (let at = HEADER; at + format.header <= end && frames <= most; frames++) {
      const { bytesRead } = await file.read(bytes, 0, format.header, at);
      // Padding, or the end of a file that is cut.
      if (bytesRead < format.header || !FRAME_ID.test(bytes.toString('latin1', 0, format.header === 6 ? 3 : 4))) break;
      at += format.header + format.sizeOf(bytes);
    }
    return frames > most;
  } finally {
    await file.close();
  }
}
