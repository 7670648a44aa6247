import { TextDecoder } from 'node:util';
import type { SegueError } from '../errors.ts';
import { streamInput, unreadable } from './input.ts';

/** Number of bytes examined to tell text from other contents. */
const PROBE = 1 << 16;
/** A line of a user and its items may be long; a longer one is no line of a table. */
export const LONGEST_LINE = 1 << 24;
/** This many characters of white space in a row are not part of a table. */
export const BLANK = 1 << 18;

/**
 * The text of an input, streamed: UTF-8 or UTF-16 by its byte order mark, otherwise UTF-8, or Windows-1252 if its start is not UTF-8.
 * @throws SegueError FILE_UNREADABLE when it is no text
 */
export const streamText = (file: string): AsyncGenerator<string> => textOf(file, streamInput(file));

/** The same of bytes. @param file what they are of, for messages @param onDecoder gets what decodes them, as a stream */
export async function* textOf(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  onDecoder?: (decoder: TextDecoder) => void,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    if (!decoder) {
      decoder = decoderOf(file, chunk);
      onDecoder?.(decoder);
    }
    const text = decoder.decode(chunk, { stream: true });
    if (text.length >= BLANK && text.trimStart() === '') throw tooBlank(file);
    yield text;
  }
  const end = decoder?.decode();
  if (end) yield end;
}

export const tooBlank = (file: string): SegueError =>
  unreadable(file, 'has too many blank lines in a row', 'a table or list as text');

/** The lines of a text input, without their ends; `line` counts from 1. @throws SegueError FILE_UNREADABLE for a line without end */
export const streamLines = (file: string): AsyncGenerator<{ text: string; line: number }> =>
  linesOf(file, streamText(file));

/** The same for UTF-8 in pieces, such as a member of an archive. @param file that it is part of, for messages */
export const streamedLines = (
  file: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ text: string; line: number }> => linesOf(file, decoded(bytes));

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The lines of pieces of text. @param file what they are of, for messages */
export async function* linesOf(
  file: string,
  texts: AsyncIterable<string>,
): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  // The beginnings of the open line: joined once it ends, so that a long line is not copied again with each piece.
  let open: string[] = [];
  let length = 0;
  for await (const text of texts) {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      open.push(text.slice(from, end));
      const complete = open.length === 1 ? open[0]! : open.join('');
      open = [];
      length = 0;
      from = end + 1;
      yield { text: complete.endsWith('\r') ? complete.slice(0, -1) : complete, line: ++line };
    }
    if (from < text.length) open.push(text.slice(from));
    length += text.length - from;
    if (length > LONGEST_LINE) throw longLine(file);
  }
  if (open.length > 0) yield { text: open.join(''), line: ++line };
}

export const longLine = (file: string): SegueError =>
  unreadable(file, `has a line of more than ${LONGEST_LINE >> 20} MB`, 'a table or list, one row per line');

function decoderOf(file: string, chunk: Uint8Array): TextDecoder {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return new TextDecoder('utf-16le');
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return new TextDecoder('utf-16be');
  const probe = chunk.subarray(0, PROBE);
  if (probe.includes(0)) throw unreadable(file, 'is not a text file', 'a table or list as text');
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(probe, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('windows-1252');
  }
}
