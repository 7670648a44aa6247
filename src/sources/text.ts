import { TextDecoder } from 'node:util';
import { streamInput, unreadable } from './input.ts';

/** Bytes that are looked at to tell text from anything else. */
const PROBE = 1 << 16;

/**
 * The text of an input as it comes: UTF-8 or UTF-16 by its mark, else UTF-8, else (when the beginning is no UTF-8) Windows-1252.
 * @throws SegueError FILE_UNREADABLE when it is no text
 */
export async function* streamText(file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const chunk of streamInput(file)) {
    decoder ??= decoderOf(file, chunk);
    yield decoder.decode(chunk, { stream: true });
  }
  const end = decoder?.decode();
  if (end) yield end;
}

/** The lines of a text input, without their ends; `line` counts from 1. */
export async function* streamLines(file: string): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  let open = '';
  for await (const text of streamText(file)) {
    const lines = (open + text).split('\n');
    open = lines.pop()!;
    for (const complete of lines)
      yield { text: complete.endsWith('\r') ? complete.slice(0, -1) : complete, line: ++line };
  }
  if (open !== '') yield { text: open, line: ++line };
}

function decoderOf(file: string, chunk: Uint8Array): TextDecoder {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return new TextDecoder('utf-16le');
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return new TextDecoder('utf-16be');
  const probe = chunk.subarray(0, PROBE);
  if (probe.includes(0)) throw unreadable(file, 'is no text file', 'a table or list as text');
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(probe, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('windows-1252');
  }
}
