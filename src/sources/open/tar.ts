import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createTarDecoder } from 'modern-tar';
import { streamInput, unreadable } from '../input.ts';

export interface TarMember {
  /** Path in the archive. */
  readonly name: string;
  /** Its bytes. Read them before the next member; unread ones are skipped. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The files in a `.tar`, `.tar.gz` or `.tar.zst`, one after the other as the archive is read. @throws SegueError FILE_UNREADABLE */
export async function* tarMembers(input: string): AsyncGenerator<TarMember> {
  const packed = Readable.toWeb(Readable.from(streamInput(input), { objectMode: true })) as ReadableStream<Uint8Array>;
  const entries = packed.pipeThrough(createTarDecoder({ strict: true }) as never) as ReadableStream<{
    header: { name: string; type?: string };
    body: ReadableStream<Uint8Array>;
  }>;
  try {
    for await (const { header, body } of entries) {
      if ((header.type ?? 'file') === 'file') yield { name: header.name, bytes: body };
      if (!body.locked) await body.cancel();
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'SegueError') throw cause;
    throw unreadable(
      input,
      `is not a complete tar archive (${(cause as Error).message})`,
      'the archive as published',
      cause,
    );
  }
}
